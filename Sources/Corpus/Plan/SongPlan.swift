public import Lyrics

/// What a song is to be: sections with lines of words, and a style.
public struct SongPlan: Sendable, Hashable {
  /// A section: its label, and a list of words for each line, if it is one that is sung.
  public struct Part: Sendable, Hashable {
    public var label: SectionLabel
    public var lines: [[String]]

    public init(_ label: SectionLabel, _ lines: [[String]] = []) {
      self.label = label
      self.lines = label.isSung ? lines : []
    }
  }

  public var parts: [Part]
  public var style: SongStyle

  public init(parts: [Part], style: SongStyle) {
    self.parts = parts
    self.style = style
  }

  /// The lyrics as a request has them: `[verse] Silver morning. Walk on. ; [outro-short]`.
  public var lyrics: String {
    parts.map { part in
      let lines = part.lines.map { Self.sentence($0) }.joined(separator: " ")
      return lines.isEmpty ? part.label.rawValue : "\(part.label.rawValue) \(lines)"
    }.joined(separator: " ; ")
  }

  /// The request that asks for this song.
  public func request(id: String) -> Request {
    Request(id: id, lyrics: lyrics, description: style.description)
  }

  private static func sentence(_ words: [String]) -> String {
    let text = words.joined(separator: " ")
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }
}
