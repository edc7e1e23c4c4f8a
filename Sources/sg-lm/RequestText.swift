import Diagnostics
import LeLM
import SongStream
import TextTokens
import ToolSupport
import Weights

/// Requests in the words that a model was trained on.
struct RequestText {
  private let conditions: TextConditions

  init(_ directory: ModelDirectory, conditions: TextConditions) throws {
    self.conditions = conditions
  }

  /// What the conditioners read of the request in `header`.
  func ids(
    _ header: SongHeader, prompt: PromptTokens?, console: Console
  ) throws -> ConditionIDs {
    guard let lyrics = header.request?["gt_lyric"]?.string else {
      throw ToolFailure(.data, "the request has no 'gt_lyric' (sg-lyrics makes requests)")
    }
    let text = LMText(
      lyrics: lyrics, description: header.request?["descriptions"]?.string,
      accompanimentOnly: false, version: conditions.version)
    let (lyricsRows, styleRows) = (conditions.lyrics.rows(text), conditions.style.rows(text))
    if lyricsRows.isCut {
      console.warning(
        "the lyrics are \(lyricsRows.counts[0]) tokens long, the model reads the first "
          + "\(conditions.lyrics.maxLength)", song: header.id)
    }
    if styleRows.isCut {
      console.warning(
        "the description is \(styleRows.counts[0]) tokens long, the model reads the first "
          + "\(conditions.style.maxLength)", song: header.id)
    }
    return conditions.ids(text, prompt: prompt)
  }
}
