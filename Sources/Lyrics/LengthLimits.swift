/// How much a model reads of a request.
///
/// The counts come from outside: this module knows no tokenizer.
public struct LengthLimits: Sendable {
  /// What the model is called.
  public let model: String
  /// Tokens that the model reads of the lyrics.
  public let lyrics: Int
  /// Tokens that the model reads of the description.
  public let description: Int
  /// Tokens of lyrics in one line.
  public let countLyrics: @Sendable (String) -> Int
  /// Tokens of a description.
  public let countDescription: @Sendable (String) -> Int

  public init(
    model: String, lyrics: Int, description: Int,
    countLyrics: @escaping @Sendable (String) -> Int,
    countDescription: @escaping @Sendable (String) -> Int
  ) {
    self.model = model
    self.lyrics = lyrics
    self.description = description
    self.countLyrics = countLyrics
    self.countDescription = countDescription
  }
}
