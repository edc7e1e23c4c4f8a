import Diagnostics
public import TextTokens
public import Weights

/// Requests in the words that a model was trained on.
///
/// Official models read lyrics and description as they are; a model whose manifest names a text front
/// end has lyrics turned into phones, or descriptions into the tags that it knows.
public struct RequestWording: Sendable {
  /// Texts, and what a person should know of how they came about.
  public struct Result: Sendable {
    public let text: LMText
    /// Words and tags that were left out or changed.
    public let warnings: [String]
  }

  private let version: RequestVersion
  private let phonemes: PhonemeFrontEnd?
  private let style: StyleFrontEnd?

  /// - Throws: ``LeLMError/configuration(_:)`` if the manifest asks for a front end that is not known;
  ///   `WeightsFailure` or `TextFailure` if its lexicon cannot be read.
  public init(_ directory: ModelDirectory, conditions: TextConditions) throws {
    version = conditions.version
    let text = directory.manifest?.text
    switch text?.frontEnd {
    case nil: phonemes = nil
    case "phonemes":
      let lexicon = try directory.file(.lexicon)
      phonemes = try withExtendedLifetime(lexicon) {
        try PhonemeFrontEnd(lexicon: lexicon.bytes, labels: conditions.labels)
      }
    case let other?:
      throw LeLMError.configuration(
        "model '\(printable(directory.name))': sg-model.json asks for the text front end "
          + "'\(printable(other))', which this version does not have")
    }
    style = text?.style.map {
      StyleFrontEnd(tags: $0.tags ?? [], bpm: $0.bpm ?? [], temposOfTag: $0.bpmOfTag ?? [:])
    }
  }

  /// The texts of a request.
  public func text(
    lyrics: String, description: String?, accompanimentOnly: Bool
  ) -> Result {
    var warnings: [String] = []
    var (lyrics, description) = (lyrics, description)
    if let style, let given = description {
      let result = style.style(given)
      warnings += result.warnings
      description = result.text
    }
    if let phonemes, !accompanimentOnly {
      let result = phonemes.phonemes(lyrics)
      warnings += result.warnings
      lyrics = result.text ?? ""
    }
    return Result(
      text: LMText(
        lyrics: lyrics, description: description, accompanimentOnly: accompanimentOnly,
        version: version), warnings: warnings)
  }
}
