/// The language under which a model's table of automatic prompts is searched.
public enum AutoPromptLanguage: String, Sendable {
  case chinese = "zh"
  case english = "en"

  /// Chinese if at least a fifth of all characters, labels included, lie in U+4E00…U+9FFF.
  ///
  /// nil for empty lyrics, where the reference fails.
  public init?(lyrics: String) {
    let scalars = lyrics.unicodeScalars
    guard !scalars.isEmpty else { return nil }
    let chinese = scalars.count { (0x4E00...0x9FFF).contains($0.value) }
    self = Double(chinese) / Double(scalars.count) >= 0.2 ? .chinese : .english
  }
}
