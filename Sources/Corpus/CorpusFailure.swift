public import Diagnostics

/// Why a song cannot be made.
public enum CorpusFailure: SongFailure {
  /// The lexicon has no words to draw from.
  case noWords
  /// A plan has more frames than a song may have.
  case tooLong(Int, limit: Int)

  public var status: ExitStatus { .data }

  public var description: String {
    switch self {
    case .noWords:
      "the lexicon has too few words of one to three syllables to make lyrics of"
    case .tooLong(let frames, let limit):
      "the song has \(frames) frames, the limit is \(limit); leave lines out"
    }
  }
}
