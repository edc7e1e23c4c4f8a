import Diagnostics

/// Resolves OmegaConf interpolations in a configuration: `${key}`, `${eval:1+2}`,
/// `${load_yaml:path}`.
///
/// `eval` takes numbers, `+ - * /` and parentheses, nothing else. A value that leads back to itself
/// is an error. A string that is one interpolation takes the type of what it stands for; otherwise
/// the text is put together.
struct Interpolation {
  private let root: ConfigValue
  private let file: String
  private let load: (String) throws(WeightsFailure) -> ConfigValue
  private var budget = 10_000

  /// - Parameter load: reads the YAML file at a path relative to the model.
  init(
    root: ConfigValue, file: String,
    load: @escaping (String) throws(WeightsFailure) -> ConfigValue
  ) {
    self.root = root
    self.file = file
    self.load = load
  }

  /// The whole configuration with nothing left to resolve.
  mutating func resolved() throws(WeightsFailure) -> ConfigValue { try resolve(root, depth: 0) }

  private mutating func resolve(_ value: ConfigValue, depth: Int) throws(WeightsFailure)
    -> ConfigValue
  {
    switch value {
    case .string(let text) where text.contains("${"): return try expand(text, depth: depth)
    case .list(let items):
      var list: [ConfigValue] = []
      for item in items { list.append(try resolve(item, depth: depth)) }
      return .list(list)
    case .table(let entries):
      var table: [String: ConfigValue] = [:]
      for (key, item) in entries.sorted(by: { $0.key < $1.key }) {
        table[key] = try resolve(item, depth: depth)
      }
      return .table(table)
    default: return value
    }
  }

  private mutating func expand(_ text: String, depth: Int) throws(WeightsFailure) -> ConfigValue {
    budget -= 1
    guard depth < 16, budget > 0 else {
      throw .configuration(file, "'\(printable(text, limit: 60))' refers to itself, or too deeply")
    }
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "${") {
      result += rest[..<start.lowerBound]
      guard let end = Self.close(rest[start.upperBound...]) else {
        throw .configuration(file, "'\(printable(text, limit: 60))' lacks a closing brace")
      }
      let value = try meaning(String(rest[start.upperBound..<end]), depth: depth + 1)
      let after = rest.index(after: end)
      if result.isEmpty, start.lowerBound == text.startIndex, after == text.endIndex {
        return value
      }
      result += try Self.text(value, file)
      guard result.utf8.count <= 1 << 16 else {
        throw .configuration(file, "an interpolation grows too long")
      }
      rest = rest[after...]
    }
    return .string(result + rest)
  }

  /// The index of the brace that closes an interpolation, other interpolations inside it skipped.
  private static func close(_ text: Substring) -> Substring.Index? {
    var open = 0
    for index in text.indices {
      switch text[index] {
      case "{": open += 1
      case "}" where open == 0: return index
      case "}": open -= 1
      default: break
      }
    }
    return nil
  }

  private mutating func meaning(_ body: String, depth: Int) throws(WeightsFailure) -> ConfigValue {
    if body.hasPrefix("eval:") {
      let text = try Self.text(expand(String(body.dropFirst(5)), depth: depth), file)
      guard let value = Arithmetic.evaluate(text) else {
        throw .configuration(file, "cannot evaluate '\(printable(text, limit: 60))'")
      }
      return value
    }
    if body.hasPrefix("load_yaml:") {
      let path = try Self.text(expand(String(body.dropFirst(10)), depth: depth), file)
      return try resolve(try load(path), depth: depth)
    }
    let key = try Self.text(expand(body, depth: depth), file)
    guard let value = ModelConfig.find(key, in: root) else {
      throw .configuration(file, "'${\(printable(key, limit: 60))}' refers to nothing")
    }
    return try resolve(value, depth: depth)
  }

  private static func text(_ value: ConfigValue, _ file: String) throws(WeightsFailure) -> String {
    switch value {
    case .string(let text): return text
    case .integer(let value): return String(value)
    case .number(let value): return String(value)
    case .bool(let value): return String(value)
    case .null, .list, .table:
      throw .configuration(file, "an interpolation inside text stands for \(value.kind)")
    }
  }
}
