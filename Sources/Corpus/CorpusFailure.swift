public import Diagnostics

/// Why a song cannot be made.
public enum CorpusFailure: SongFailure {
  /// The lexicon has no words to draw from.
  case noWords

  public var status: ExitStatus {
    switch self {
    case .noWords: .data
    }
  }

  public var description: String {
    switch self {
    case .noWords: "the lexicon has too few words of one to three syllables to make lyrics of"
    }
  }
}
