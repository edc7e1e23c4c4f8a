import Diagnostics
import LeLM
import Lyrics
import SongStream
import TextTokens
import ToolSupport
import Weights

/// Requests to what the conditioners read.
struct RequestText {
  private let conditions: TextConditions
  private let wording: RequestWording

  init(_ directory: ModelDirectory, conditions: TextConditions) throws {
    self.conditions = conditions
    wording = try RequestWording(directory, conditions: conditions)
  }

  /// The condition ids of the request in `header`; says on `console` what a model leaves out of it.
  func ids(
    _ header: SongHeader, prompt: PromptTokens?, console: Console
  ) throws -> ConditionIDs {
    guard let json = header.request else {
      throw ToolFailure(.data, "the song has no request (sg-lyrics makes requests)")
    }
    let request = try Request(json: json)
    let worded = wording.text(
      lyrics: request.lyrics, description: request.description,
      accompanimentOnly: request.isInstrumental)
    for warning in worded.warnings { console.warning(warning, song: header.id) }
    console.detail("reads: \(printable(worded.text.lyrics ?? "", limit: 4000))", song: header.id)
    for (name, rows) in [
      ("lyrics", conditions.lyrics.rows(worded.text)),
      ("description", conditions.style.rows(worded.text)),
    ] where rows.isCut {
      console.warning(
        "the model reads the first \(rows.ids[0].count) of \(rows.counts[0]) tokens of the \(name)",
        song: header.id)
    }
    return conditions.ids(worded.text, prompt: prompt)
  }

  /// Whether the request names a recording to follow, or a kind of one.
  func wantsReference(_ header: SongHeader) -> Bool {
    guard let request = header.request.flatMap({ try? Request(json: $0) }) else { return false }
    return request.promptAudioPath != nil || request.autoPromptType != nil
  }
}
