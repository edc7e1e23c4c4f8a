import Diagnostics
public import MusicCodec
public import Neural
public import Weights

/// A reference as models read it.
public struct EncodedReference: Sendable, Hashable {
  /// [3][codes]: mixed, vocal, accompaniment.
  public var rows: [[UInt16]]
  /// [latents, width], row-major, not normalised; empty when none were made.
  public var latents: [Float]
  /// Numbers of a latent.
  public var latentWidth: Int
  /// Whether the song is too quiet to say anything.
  public var isSilent: Bool
}

/// ``ReferenceStems`` to ``EncodedReference``.
///
/// Its parts stay open for the next reference; or each is opened when it is needed and closed after it, which
/// gives the same tokens in less memory.
public struct ReferenceEncoder {
  private let model: ModelDirectory
  /// All that is open; without a row when parts are opened one by one.
  private let encoder: PromptEncoder
  private let isStaged: Bool
  private let makesLatents: Bool
  private let latents: PromptLatents?
  private let options: PromptEncoder.Options
  private let pool: ThreadPool

  /// The longest excerpt, in codes, whose latents are of use to a decoder: 10 s and a little.
  private static let latentCodes = 251

  /// Opens the encoder of a model.
  ///
  /// - Parameters:
  ///   - latents: whether latents are made.
  ///   - quirks: whether oversights of the reference are repeated.
  ///   - isStaged: whether parts are opened one by one.
  public init(
    _ model: ModelDirectory, latents: Bool, quirks: Bool, isStaged: Bool = false, pool: ThreadPool
  ) throws(WeightsFailure) {
    self.model = model
    // A model that encodes latents has one part for all.
    let isStaged = isStaged && model.manifest?.encoder?.features != .vae
    self.isStaged = isStaged
    encoder = try isStaged ? PromptEncoder(model, rows: []) : PromptEncoder(model)
    makesLatents = latents
    self.latents = latents && !isStaged ? try PromptLatents(model) : nil
    var options = PromptEncoder.Options()
    options.referenceQuirks = quirks
    self.options = options
    self.pool = pool
  }

  /// Whether an excerpt of that length gets latents.
  static func makesLatents(seconds: Double) -> Bool { seconds * 25 <= Double(latentCodes) }

  /// The samples of a code if songs can be taken apart by pairs of codes (``ReferenceStems/Origin``).
  public var partedCodeSamples: Int? { encoder.separates ? encoder.codeSamples : nil }

  /// Codes a second.
  public var codesPerSecond: (numerator: Int, denominator: Int) {
    (encoder.sampleRate, encoder.codeSamples)
  }

  /// Encodes a reference.
  ///
  /// - Parameters:
  ///   - seed: of the draw from the autoencoder's bottleneck.
  ///   - progress: called with the share that is done.
  public func encode(
    _ stems: ReferenceStems, seed: UInt64, progress: @escaping (Double) -> Void
  ) throws(CodecFailure) -> EncodedReference {
    let parts = isStaged ? StagedParts(model) : nil
    var opening: ((CodeRow) throws(CodecFailure) -> PromptEncoder)?
    if let parts { opening = { (row) throws(CodecFailure) in try parts.encoder(for: row) } }
    let isParted = stems.origin == .parted
    let encoded =
      try isParted
      ? encoder.encode(separating: stems.song, pool: pool, progress: progress)
      : encoder.encode(
        mixed: stems.song, vocal: stems.vocal, accompaniment: stems.accompaniment, options: options,
        pool: pool, opening: opening, progress: progress)
    let rows = [encoded.mixed.codes, encoded.vocal.codes, encoded.accompaniment.codes]
    guard let first = rows.first, !first.isEmpty else {
      throw CodecFailure(
        .data, "the excerpt is shorter than a token of \(encoder.codeSamples) samples")
    }
    var result = EncodedReference(
      rows: rows, latents: [], latentWidth: latents?.width ?? 0,
      isSilent: try stems.song.survey().isSilent)
    if makesLatents, first.count <= Self.latentCodes {
      var latents = self.latents
      if let parts { latents = try parts.latents() }
      guard let latents else { return result }
      let sum = try isParted ? stems.song : stems.vocal.added(to: stems.accompaniment)
      result.latentWidth = latents.width
      if latents.count(samples: sum.frames) > 0 {
        result.latents = try latents.encode(sum, gain: encoded.gain, seed: seed, pool: pool)
      }
    }
    return result
  }
}
