import Diagnostics
internal import Yams

/// YAML text to a ``ConfigValue``, by Yams, within limits.
///
/// Aliases are refused: a few lines of them describe a tree without end.
enum ConfigYAML {
  static let bytes = 1 << 20
  static let nodes = 100_000
  static let depth = 32

  static func parse(_ text: String, file: String) throws(WeightsFailure) -> ConfigValue {
    guard text.utf8.count <= bytes else {
      throw .configuration(file, "is larger than \(bytes) bytes")
    }
    try check(text, file)
    let root: Node?
    do {
      root = try Yams.compose(yaml: text, .default, .default, .utf8)
    } catch {
      throw .configuration(file, "is not valid YAML\(place(error))")
    }
    guard let root else { return .table([:]) }
    var budget = nodes
    return try convert(root, 0, &budget, file)
  }

  private static func place(_ error: any Error) -> String {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ": line \(mark.line): \(printable(problem))"
    case .duplicatedKeysInMapping(let keys, let context):
      ": line \(context.mark.line): key '\(printable(keys.first ?? ""))' comes twice"
    default: ""
    }
  }

  /// Refuses what would cost too much to parse: aliases and deep nesting.
  private static func check(_ text: String, _ file: String) throws(WeightsFailure) {
    var previous = UInt8(ascii: "\n")
    var line = 1
    var open = 0
    var indentation = 0
    var atStart = true
    let utf8 = Array(text.utf8)
    for (index, byte) in utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "*"):
        let next = index + 1 < utf8.count ? utf8[index + 1] : UInt8(ascii: " ")
        if previous <= 0x20 || previous >= 0x80 || ",[{:-?".utf8.contains(previous), next > 0x20 {
          throw .configuration(file, "line \(line): YAML aliases ('*name') are not taken")
        }
      case UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): open = max(0, open - 1)
      case UInt8(ascii: "\n"):
        line += 1
        atStart = true
        indentation = 0
      default: break
      }
      // Block nesting costs a column at least: an indentation, or `- ` and `? ` on one line.
      if atStart {
        if " -?\t".utf8.contains(byte) {
          indentation += 1
        } else if byte != UInt8(ascii: "\n") {
          atStart = false
        }
      }
      guard open <= 64, indentation <= 256 else {
        throw .configuration(file, "line \(line): is nested too deeply")
      }
      previous = byte
    }
  }

  private static func convert(
    _ node: Node, _ level: Int, _ budget: inout Int, _ file: String
  ) throws(WeightsFailure) -> ConfigValue {
    budget -= 1
    guard budget > 0, level <= depth else {
      throw .configuration(file, "is nested too deeply or has too many entries")
    }
    switch node {
    case .scalar(let scalar): return value(node, scalar)
    case .sequence(let items):
      var list: [ConfigValue] = []
      for item in items { list.append(try convert(item, level + 1, &budget, file)) }
      return .list(list)
    case .mapping(let pairs):
      var table: [String: ConfigValue] = [:]
      for (key, item) in pairs {
        guard let name = key.string else {
          throw .configuration(file, "has a key that is not text")
        }
        table[name] = try convert(item, level + 1, &budget, file)
      }
      return .table(table)
    case .alias:
      throw .configuration(file, "YAML aliases are not taken")
    }
  }

  private static func value(_ node: Node, _ scalar: Node.Scalar) -> ConfigValue {
    if scalar.style == .singleQuoted || scalar.style == .doubleQuoted {
      return .string(scalar.string)
    }
    if node.null != nil { return .null }
    if let bool = node.bool { return .bool(bool) }
    if let integer = node.int { return .integer(integer) }
    if let number = node.float { return .number(number) }
    return .string(scalar.string)
  }
}
