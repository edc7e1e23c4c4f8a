public import SongStream

/// One section of a song's lyrics.
public struct Section: Sendable, Hashable {
  /// The label with its brackets, as written; nil if there is none.
  public let label: String?
  /// The words, as written; empty for a section without any.
  public let text: String

  public init(label: String?, text: String) {
    self.label = label
    self.text = text
  }

  /// The label, if the models know it.
  public var knownLabel: SectionLabel? { label.flatMap(SectionLabel.init(rawValue:)) }

  /// `{"label":…,"text":…}`.
  public var json: JSONValue {
    .object(["label": label.map { .string($0) } ?? .null, "text": .string(text)])
  }
}
