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
    let wording = try RequestWording(directory, conditions: conditions)
    return LengthLimits(
      model: directory.name, lyrics: conditions.lyrics.maxLength,
      description: conditions.style.maxLength,
      countLyrics: { lyrics in
        let text = wording.text(lyrics: lyrics, description: nil, accompanimentOnly: false).text
        return conditions.lyrics.count(text.lyrics ?? "")
      },
      countDescription: { description in
        let text = wording.text(lyrics: "", description: description, accompanimentOnly: false).text
        return conditions.style.count(text.style ?? "")
      })
  }

  /// Rows of the style table, which tell the versions of requests apart; nil without weights.
  private static func styleRows(_ directory: ModelDirectory) -> Int? {
    guard let tensors = try? directory.tensors(.lm) else { return nil }
    let name = "condition_provider.conditioners.type_info.output_proj.weight"
    return (tensors.view("audiolm." + name) ?? tensors.view(name))?.shape.first
  }
}
