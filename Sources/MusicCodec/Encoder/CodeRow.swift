/// The three rows of codes that a song is.
public enum CodeRow: String, Sendable, Hashable, CaseIterable {
  case mixed
  case vocal
  case accompaniment

  /// The hidden state whose features are quantised; so many conformer blocks are needed.
  var layer: Int {
    switch self {
    case .mixed: 6
    case .vocal: 7
    case .accompaniment: 3
    }
  }

  /// The quantiser's key in its file.
  var quantiser: String {
    switch self {
    case .mixed, .vocal: "rvq_bestrq_emb.quantizers.0"
    case .accompaniment: "rvq_bestrq_bgm_emb.quantizers.0"
    }
  }
}

/// A row of codes that was made from a recording.
public struct EncodedRow: Sendable, Hashable {
  public var codes: [UInt16]
  /// The recording's largest |x|, before it was normalised.
  public let peak: Float
  /// Whether there was nothing to hear: the codes are valid, but say nothing.
  public let isSilent: Bool

  init(_ codes: [UInt16], _ survey: Recording.Survey) {
    self.codes = codes
    peak = survey.peak
    isSilent = survey.isSilent
  }
}
