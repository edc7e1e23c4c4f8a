public import Diagnostics

/// Why text is not acceptable JSON, and where.
public struct JSONFailure: SongFailure, Hashable {
  public enum Reason: Sendable, Hashable {
    /// The text is longer than the limit, in bytes.
    case tooLong(limit: Int)
    /// Arrays and objects are nested deeper than the limit.
    case tooDeep(limit: Int)
    /// The text ends inside a value.
    case unexpectedEnd
    /// Something else should stand here.
    case expected(String)
    /// A string is not valid UTF-8.
    case invalidUTF8
    /// A control character stands in a string without an escape.
    case controlCharacter
    /// A backslash is followed by something that JSON has no meaning for.
    case invalidEscape
    /// One half of a surrogate pair stands alone.
    case loneSurrogate
    /// A number is written wrongly, too long, or beyond what a double holds.
    case invalidNumber
    /// An object has the same key twice.
    case duplicateKey(String)
  }

  public var reason: Reason
  /// Where in the text, in bytes from its beginning.
  public var offset: Int

  public init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  public var status: ExitStatus { .data }

  public var description: String { "\(problem) at byte \(offset) of the JSON text" }

  private var problem: String {
    switch reason {
    case .tooLong(let limit): "more than \(limit) bytes"
    case .tooDeep(let limit): "nested deeper than \(limit)"
    case .unexpectedEnd: "unexpected end"
    case .expected(let what): "expected \(what)"
    case .invalidUTF8: "a string that is not UTF-8"
    case .controlCharacter: "a control character that is not escaped"
    case .invalidEscape: "an invalid escape"
    case .loneSurrogate: "half of a surrogate pair"
    case .invalidNumber: "a number that is malformed or out of range"
    case .duplicateKey(let key): "duplicate key '\(printable(key, limit: 64))'"
    }
  }
}
