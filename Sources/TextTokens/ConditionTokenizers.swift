/// Lyrics to the ids and section numbers of the model's lyrics condition.
public struct LyricsTokenizer: Sendable {
  /// The tokenizer with the section labels.
  public let tokenizer: Tokenizer
  /// Ids in a row.
  public let maxLength: Int
  private let labelIDs: Set<Int32>

  /// - Parameters:
  ///   - base: the tokenizer of the model.
  ///   - labels: the section labels with their brackets, in the order of the model.
  ///   - maxLength: the model's limit, 1…65536.
  public init(
    base: Tokenizer, labels: [String], version: RequestVersion, maxLength: Int
  ) throws(TextFailure) {
    try checkRowLength(maxLength)
    tokenizer = try base.adding(labels + (version == .v2 ? ["."] : []))
    self.maxLength = maxLength
    let tokenizer = tokenizer
    labelIDs = Set(labels.compactMap(tokenizer.id(ofAdded:)))
  }

  /// The rows of the two lyrics texts.
  public func rows(_ text: LMText) -> ConditionRows {
    ConditionRows(
      [text.lyrics, text.nullLyrics], tokenizer: tokenizer, labels: labelIDs, maxLength: maxLength)
  }

  /// How many ids a text takes, the first one included.
  public func count(_ text: String) -> Int { tokenizer.encode(text).count + 1 }
}

/// The description to the ids of the model's style condition.
public struct StyleTokenizer: Sendable {
  /// The tokenizer with the quality marks.
  public let tokenizer: Tokenizer
  /// Ids in a row.
  public let maxLength: Int

  /// - Parameters:
  ///   - base: the tokenizer of the model.
  ///   - maxLength: the model's limit, 1…65536.
  public init(base: Tokenizer, version: RequestVersion, maxLength: Int) throws(TextFailure) {
    try checkRowLength(maxLength)
    tokenizer = try version == .v2 ? base.adding(LMText.marks + ["."]) : base
    self.maxLength = maxLength
  }

  /// The rows of the two style texts; their structure is all 0.
  public func rows(_ text: LMText) -> ConditionRows {
    ConditionRows(
      [text.style, text.nullStyle], tokenizer: tokenizer, labels: [], maxLength: maxLength)
  }

  /// How many ids a text takes, the first one included.
  public func count(_ text: String) -> Int { tokenizer.encode(text).count + 1 }
}

private func checkRowLength(_ length: Int) throws(TextFailure) {
  guard (1...TextLimits.rowLength).contains(length) else {
    throw .inconsistent("config.yaml", "'max_len' \(length) is not in 1...\(TextLimits.rowLength)")
  }
}
