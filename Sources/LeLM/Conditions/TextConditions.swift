public import TextTokens
public import Weights

/// The text half of a model's conditioners: its two tokenizers and their limits.
public struct TextConditions: Sendable {
  /// How requests are put into words for this model.
  public let version: RequestVersion
  public let lyrics: LyricsTokenizer
  public let style: StyleTokenizer
  /// The section labels with their brackets, in the order of their ids.
  public let labels: [String]
  private let config: LeLMConfig

  /// Opens the tokenizer of a model.
  ///
  /// - Parameters:
  ///   - styleRows: rows of the checkpoint's style table; six more than the tokenizer has ids are the
  ///     quality marks of request version v2.
  ///   - version: overrides the manifest and that evidence.
  public init(
    _ directory: ModelDirectory, config: LeLMConfig, styleRows: Int?,
    version: RequestVersion? = nil
  ) throws {
    let files = try ["vocab.json", "merges.txt", "tokenizer_config.json"].map {
      try directory.file(.tokenizer, $0)
    }
    let base = try withExtendedLifetime(files) {
      try Tokenizer(
        vocabulary: files[0].bytes, merges: files[1].bytes, configuration: files[2].bytes)
    }
    let declared = directory.manifest?.requestVersion.flatMap(RequestVersion.init(rawValue:))
    let evident: RequestVersion = (styleRows ?? 0) >= base.rows + 6 ? .v2 : .v1
    self.version = version ?? declared ?? evident
    self.config = config
    labels = try directory.config.strings("conditioners.description.QwTokenizer.add_token_list")
    lyrics = try LyricsTokenizer(
      base: base, labels: labels, version: self.version, maxLength: config.lyricsLength)
    style = try StyleTokenizer(base: base, version: self.version, maxLength: config.styleLength)
  }

  /// What the conditioners read.
  public func ids(_ text: LMText, prompt: PromptTokens?) -> ConditionIDs {
    let lyrics = lyrics.rows(text)
    return ConditionIDs(
      lyrics: lyrics.ids, structure: lyrics.structure, style: style.rows(text).ids,
      prompt: PromptTokens.columns(
        prompt, codeSize: config.codeSize, frames: config.promptFrames))
  }
}
