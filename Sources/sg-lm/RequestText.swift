import Diagnostics
import LeLM
import SongStream
import TextTokens
import ToolSupport
import Weights

/// Requests in the words that a model was trained on.
struct RequestText {
  private let conditions: TextConditions
  private let phonemes: PhonemeFrontEnd?
  private let style: StyleFrontEnd?

  /// - Throws: `WeightsFailure` if the manifest asks for a front end that is not known, or its
  ///   lexicon cannot be read.
  init(_ directory: ModelDirectory, conditions: TextConditions) throws {
    self.conditions = conditions
    let text = directory.manifest?.text
    switch text?.frontEnd {
    case nil: phonemes = nil
    case "phonemes":
      let lexicon = try directory.file(.lexicon)
      phonemes = try withExtendedLifetime(lexicon) {
        try PhonemeFrontEnd(lexicon: lexicon.bytes, labels: conditions.labels)
      }
    case let other?:
      throw ToolFailure(
        .configuration,
        "model '\(printable(directory.name))': sg-model.json asks for the text front end "
          + "'\(printable(other))', which this version does not have")
    }
    style = text?.style.map {
      StyleFrontEnd(tags: $0.tags ?? [], bpm: $0.bpm ?? [], temposOfTag: $0.bpmOfTag ?? [:])
    }
  }

  /// What the conditioners read of the request in `header`.
  func ids(
    _ header: SongHeader, prompt: PromptTokens?, console: Console
  ) throws -> ConditionIDs {
    guard let lyrics = header.request?["gt_lyric"]?.string else {
      throw ToolFailure(.data, "the request has no 'gt_lyric' (sg-lyrics makes requests)")
    }
    var description = header.request?["descriptions"]?.string
    if let style, let given = description {
      let result = style.style(given)
      for warning in result.warnings { console.warning(warning, song: header.id) }
      description = result.text
    }
    var words = lyrics
    if let phonemes {
      let result = phonemes.phonemes(lyrics)
      for warning in result.warnings { console.warning(warning, song: header.id) }
      words = result.text ?? ""
      console.detail("sings: \(words)", song: header.id)
    }
    let text = LMText(
      lyrics: words, description: description, accompanimentOnly: false,
      version: conditions.version)
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
