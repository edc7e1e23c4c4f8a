/// The four texts that a request gives the language model.
///
/// nil is the null text, which is not the same as an empty one.
public struct LMText: Sendable, Hashable {
  /// The lyrics, or `.` for an accompaniment alone.
  public let lyrics: String?
  /// The description, with quality marks in v2.
  public let style: String?
  /// The lyrics of the unconditional row: always null.
  public let nullLyrics: String?
  /// The description of the unconditional row.
  public let nullStyle: String?

  private static let best = "[Musicality-very-high]"
  private static let worst = "[Musicality-very-low], ."
  private static let instrumentalMark = "[Pure-Music]"

  /// The tokens of v2 that name quality and the lack of a vocal, in the order of their ids.
  static let marks = [
    best, "[Musicality-high]", "[Musicality-medium]", "[Musicality-low]", "[Musicality-very-low]",
    instrumentalMark,
  ]

  /// Prepares the texts of a request.
  ///
  /// - Parameters:
  ///   - lyrics: the request's lyrics, exactly as given.
  ///   - description: the request's description; an empty one is not the same as none.
  ///   - accompanimentOnly: whether the song has no vocal (type `bgm` of the reference).
  public init(
    lyrics: String, description: String?, accompanimentOnly: Bool, version: RequestVersion
  ) {
    self.lyrics = accompanimentOnly ? "." : PlainText.halvingSpaces(lyrics)
    nullLyrics = nil
    let lower = description.map(PlainText.lowercase)
    switch version {
    case .v1:
      style = lower
    case .v2 where !accompanimentOnly:
      style = "\(Self.best), \(lower ?? ".")"
    case .v2:
      // An accompaniment without a description loses its marks in the reference, too.
      style = lower.map { "\(Self.best), \(Self.instrumentalMark), \($0)" } ?? "."
    }
    nullStyle = style.flatMap { PlainText.contains($0, Self.best) ? Self.worst : nil }
  }
}
