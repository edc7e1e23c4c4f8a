/// A JSON value that keeps integers exact.
///
///     let value: JSONValue = ["id": "walk", "seed": 7]
///     String(decoding: value.encoded(), as: UTF8.self)  // {"id":"walk","seed":7}
///
/// Integers from -2^63 up to 2^64 - 1 stay integers: those above 2^63 - 1 are ``unsigned(_:)``,
/// all others ``integer(_:)``. Use ``init(_:)-(UInt64)`` so that a number has only one form.
public enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// An integer above `Int64.max`; smaller ones are ``integer(_:)``.
  case unsigned(UInt64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The integer `value`, in its one form.
  public init(_ value: UInt64) {
    if let small = Int64(exactly: value) { self = .integer(small) } else { self = .unsigned(value) }
  }

  /// The value of `key`, if this is an object that has it.
  public subscript(key: String) -> JSONValue? {
    object?[key]
  }

  /// The truth value, if this is one.
  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The integer, if this is one that an `Int64` holds.
  public var integer: Int64? {
    if case .integer(let value) = self { value } else { nil }
  }

  /// The integer, if this is one from 0 up to 2^64 - 1.
  public var unsigned: UInt64? {
    switch self {
    case .integer(let value): UInt64(exactly: value)
    case .unsigned(let value): value
    default: nil
    }
  }

  /// The number, integers included (rounded to the nearest double).
  public var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .unsigned(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The text, if this is a string.
  public var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The elements, if this is an array.
  public var array: [JSONValue]? {
    if case .array(let value) = self { value } else { nil }
  }

  /// The members, if this is an object.
  public var object: [String: JSONValue]? {
    if case .object(let value) = self { value } else { nil }
  }

  /// How deep arrays and objects are nested: 0 for a plain value, 1 for `[]`.
  public var nesting: Int {
    switch self {
    case .array(let elements): 1 + (elements.lazy.map(\.nesting).max() ?? 0)
    case .object(let members): 1 + (members.values.lazy.map(\.nesting).max() ?? 0)
    default: 0
    }
  }
}
