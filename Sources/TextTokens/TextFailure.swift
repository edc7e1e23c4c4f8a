public import Diagnostics

/// Why a tokenizer, a lexicon or a set of style words cannot be used.
public struct TextFailure: SongFailure, Hashable {
  /// What kind of fault it is.
  public enum Code: Sendable, Hashable {
    /// A file is larger than the limit for its kind.
    case tooLarge
    /// A file is not in its form.
    case malformed
    /// The files do not fit each other, or the model.
    case inconsistent
  }

  /// The kind of fault.
  public let code: Code
  /// The file that the fault lies in, by its usual name.
  public let file: String
  /// What is wrong and where.
  public let reason: String

  public var status: ExitStatus { .configuration }

  public var description: String { "\(printable(file)): \(reason)" }

  static func tooLarge(_ file: String, _ count: Int, limit: Int, of unit: String = "bytes") -> Self
  {
    Self(code: .tooLarge, file: file, reason: "\(count) \(unit), the limit is \(limit)")
  }

  static func malformed(_ file: String, _ reason: String) -> Self {
    Self(code: .malformed, file: file, reason: reason)
  }

  static func inconsistent(_ file: String, _ reason: String) -> Self {
    Self(code: .inconsistent, file: file, reason: reason)
  }
}
