public import Neural

/// Stems to the three rows of tokens, at some hundred times real time.
///
/// What the autoencoder of such a model and its quantisers do is here two products of matrices. A model
/// is read by ``init(_:)``; what is read gives the codes that the model's own encoder gives to the stems
/// at 48 kHz, but for frames at the border of two codes.
public struct FrameCodec: Sendable {
  /// The three rows of a song, one code for each whole frame.
  public struct Rows: Sendable, Hashable {
    public var mixed: [UInt16]
    public var vocal: [UInt16]
    public var accompaniment: [UInt16]
  }

  public let analysis: FrameAnalysis
  public let mixed: FrameBook
  public let vocal: FrameBook
  public let accompaniment: FrameBook
  /// What the vocal is multiplied with for the mixed row.
  public let vocalGain: Float

  public init(
    analysis: FrameAnalysis, mixed: FrameBook, vocal: FrameBook, accompaniment: FrameBook,
    vocalGain: Float
  ) {
    self.analysis = analysis
    self.mixed = mixed
    self.vocal = vocal
    self.accompaniment = accompaniment
    self.vocalGain = vocalGain
  }

  /// The tokens of a song.
  ///
  /// - Parameters:
  ///   - vocal: mono at ``FrameGrid/sampleRate``.
  ///   - accompaniment: the same; of the longer stem what the other lacks is left out.
  public func rows(vocal: [Float], accompaniment: [Float]) -> Rows {
    rows(
      vocalLatents: analysis.latents(vocal), accompanimentLatents: analysis.latents(accompaniment))
  }

  /// The tokens of latents [frames, latent] of both stems.
  public func rows(vocalLatents: FloatBuffer, accompanimentLatents: FloatBuffer) -> Rows {
    let count = min(vocalLatents.count, accompanimentLatents.count)
    let frames = count / max(1, analysis.latent)
    let forward = FloatBuffer(count: count)
    return withExtendedLifetime((vocalLatents, accompanimentLatents, forward)) {
      for index in 0..<count {
        forward.base[index] =
          vocalGain * vocalLatents.base[index] + accompanimentLatents.base[index]
      }
      return Rows(
        mixed: mixed.codes(forward.base, count: frames),
        vocal: vocal.codes(vocalLatents.base, count: frames),
        accompaniment: accompaniment.codes(accompanimentLatents.base, count: frames))
    }
  }
}
