import LeLM
import Lyrics
import TextTokens
import Weights

/// How many tokens a model reads of lyrics and description, and how many a text has.
enum ModelLengths {
  /// The limits of an opened model, after its own front ends.
  static func limits(_ directory: ModelDirectory) throws -> LengthLimits {
    let config = try LeLMConfig(directory.config)
    let conditions = try TextConditions(
      directory, config: config, styleRows: styleRows(directory))
    let text = directory.manifest?.text
    var phonemes: PhonemeFrontEnd?
    if text?.frontEnd == "phonemes" {
      let lexicon = try directory.file(.lexicon)
      phonemes = try withExtendedLifetime(lexicon) {
        try PhonemeFrontEnd(lexicon: lexicon.bytes, labels: conditions.labels)
      }
    }
    let style = text?.style.map {
      StyleFrontEnd(tags: $0.tags ?? [], bpm: $0.bpm ?? [], temposOfTag: $0.bpmOfTag ?? [:])
    }
    return LengthLimits(
      model: directory.name, lyrics: conditions.lyrics.maxLength,
      description: conditions.style.maxLength,
      countLyrics: { [phonemes] lyrics in
        let words = phonemes.map { $0.phonemes(lyrics).text ?? "" } ?? lyrics
        return counts(words, nil, conditions).lyrics
      },
      countDescription: { description in
        counts("", style.map { $0.style(description).text } ?? description, conditions).style
      })
  }

  private static func counts(
    _ lyrics: String, _ description: String?, _ conditions: TextConditions
  ) -> (lyrics: Int, style: Int) {
    let text = LMText(
      lyrics: lyrics, description: description, accompanimentOnly: false,
      version: conditions.version)
    return (
      conditions.lyrics.count(text.lyrics ?? ""), conditions.style.count(text.style ?? "")
    )
  }

  /// Rows of the style table, which tell the versions of requests apart; nil without weights.
  private static func styleRows(_ directory: ModelDirectory) -> Int? {
    guard let tensors = try? directory.tensors(.lm) else { return nil }
    let name = "condition_provider.conditioners.type_info.output_proj.weight"
    return (tensors.view("audiolm." + name) ?? tensors.view(name))?.shape.first
  }
}
