extension ConfigValue {
  /// The value as a YAML file: tables as blocks, with their keys in order, lists in brackets.
  public var yaml: String { yaml(indent: 0) + "\n" }

  private func yaml(indent: Int) -> String {
    switch self {
    case .null: return "null"
    case .bool(let value): return String(value)
    case .integer(let value): return String(value)
    case .number(let value): return String(value)
    case .string(let text): return Self.quoted(text)
    case .list(let items):
      return "[" + items.map { $0.yaml(indent: indent) }.joined(separator: ", ") + "]"
    case .table(let entries):
      if entries.isEmpty { return "{}" }
      let lines = entries.sorted { $0.key < $1.key }.map { key, value in
        var separator = " "
        if case .table(let inner) = value, !inner.isEmpty {
          separator = "\n" + String(repeating: " ", count: indent + 2)
        }
        return "\(Self.quoted(key)):\(separator)\(value.yaml(indent: indent + 2))"
      }
      return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
    }
  }

  /// A key of letters as it is, everything else with quotes.
  private static func quoted(_ text: String) -> String {
    let isWord =
      !text.isEmpty && PlainScalar.value(text) == .string(text)
      && text.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
          || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || $0 == UInt8(ascii: "_")
      }
    if isWord { return text }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case "\u{0}"..<" ", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        result += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
