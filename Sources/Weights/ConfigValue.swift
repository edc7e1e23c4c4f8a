/// A value of a configuration file.
public indirect enum ConfigValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case list([ConfigValue])
  case table([String: ConfigValue])

  /// The value below a key of a table, else `nil`.
  public subscript(key: String) -> ConfigValue? {
    if case .table(let table) = self { table[key] } else { nil }
  }

  /// What it is, for messages.
  var kind: String {
    switch self {
    case .null: "nothing"
    case .bool: "a truth value"
    case .integer: "an integer"
    case .number: "a number"
    case .string: "text"
    case .list: "a list"
    case .table: "a table"
    }
  }
}
