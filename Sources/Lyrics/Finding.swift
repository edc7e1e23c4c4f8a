/// A place in a file. Both count from 1; a column counts characters (Unicode scalars) of its line.
public struct Place: Sendable, Hashable, Comparable {
  public let line: Int32
  public let column: Int32

  public init(line: Int, column: Int) {
    self.line = Int32(clamping: line)
    self.column = Int32(clamping: column)
  }

  public static func < (one: Place, other: Place) -> Bool {
    (one.line, one.column) < (other.line, other.column)
  }
}

/// Something about a request that a person should know.
public struct Finding: Sendable, Hashable {
  /// How bad it is.
  public enum Severity: String, Sendable {
    /// The request cannot be sung as it is.
    case error
    /// The model sees something it was not trained on, or that was not meant.
    case warning
  }

  /// How bad it is.
  public let severity: Severity
  /// A short name of the rule, for programs.
  public let rule: Rule
  /// Where; nil for what came from the command line.
  public let place: Place?
  /// What is wrong and what to do: one line, in lower case, without a full stop.
  public let message: String
  /// Whether a repair is known and safe.
  public let isRepairable: Bool

  static func error(
    _ rule: Rule, _ place: Place?, _ message: String, repairable: Bool = false
  ) -> Finding {
    Finding(
      severity: .error, rule: rule, place: place, message: message, isRepairable: repairable)
  }

  static func warning(
    _ rule: Rule, _ place: Place?, _ message: String, repairable: Bool = false
  ) -> Finding {
    Finding(
      severity: .warning, rule: rule, place: place, message: message, isRepairable: repairable)
  }
}

extension Finding {
  /// The finding at `place` if it has none of its own.
  func placed(_ place: Place?) -> Finding {
    Finding(
      severity: severity, rule: rule, place: self.place ?? place, message: message,
      isRepairable: isRepairable)
  }
}

/// What requests are checked for.
public enum Rule: String, Sendable, CaseIterable {
  /// Bytes that are not UTF-8.
  case encoding
  /// Not a line of JSON.
  case json
  /// Longer than any request may be.
  case size
  /// A key that is missing, of the wrong type, unknown, or excluded by another.
  case field
  /// The name of the song.
  case id
  /// A label that no model knows.
  case label
  /// A section with words where none belong, without words, without a label, or out of place.
  case section
  /// How sections are parted.
  case separator
  /// Full-width or typographic characters.
  case punctuation
  /// The full stop at the end of a section.
  case period
  /// More than one space, or a space that is none.
  case space
  /// Characters that nobody can see.
  case control
  /// The description.
  case description
  /// More than the model reads.
  case length
}
