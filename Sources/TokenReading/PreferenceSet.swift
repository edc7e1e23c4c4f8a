/// What the better song of a pair is better at (LeVo, arXiv 2506.07520, section 3.3).
public enum PreferenceSet: String, Sendable, CaseIterable {
  /// S1: the words. The score is 1 less the phone error of the vocal row.
  case lyrics
  /// S2: what the description and the lyrics ask for. The score is the share of the tempo, the tags
  /// and the right end that are as asked.
  case prompt
  /// S3: how it sounds. The score is ``SongDefects/score``: proxies, no listener's opinion.
  case musicality

  /// Larger is better; nil where there is nothing to tell it by.
  public func score(_ song: SongFigures) -> Double? {
    switch self {
    case .lyrics: return song.vocalErrors.rate.map { 1 - $0 }
    case .prompt:
      let checks =
        [song.askedBeat.map { $0 == song.heardBeat }, song.endsRight].compactMap(\.self)
        + song.tags.values.map(\.isRight)
      return checks.isEmpty ? nil : Double(checks.count { $0 }) / Double(checks.count)
    case .musicality: return song.defects.score
    }
  }

  /// By how much the better must be better, if nothing is said.
  public var margin: Double {
    switch self {
    case .lyrics: 0.2
    case .prompt: 0.25
    case .musicality: 0.05
    }
  }
}
