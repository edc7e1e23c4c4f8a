public import Neural

/// What a fit gives: all that the files of a codec are made of.
public struct FittedCodec: Sendable {
  /// What stems are turned into tokens with.
  public var frames: FrameCodec
  /// [latent, window]: what each number of a latent adds to the samples around its frame.
  public var synthesis: [Float]
  /// Mean and spread of the latents of whole songs, [latent].
  public var mean: [Float]
  public var deviation: [Float]
  /// What each row's projection adds as its last number: a frame that is quiet beside it is near to
  /// silence.
  public var constants: Constants
  /// Share of the weighted energy that the directions hold.
  public var energy: Double
  /// What the flow network is made of.
  var flow: MeanFlow

  public struct Constants: Sendable, Hashable {
    public var mixed: Float
    public var vocal: Float
    public var accompaniment: Float
  }

  /// Samples of latents [frames, latent].
  public func samples(_ latents: FloatBuffer) -> [Float] {
    let (hop, window, latent) = (FrameGrid.hop, FrameGrid.window, frames.analysis.latent)
    let count = latents.count / latent
    var result = [Float](repeating: 0, count: (count + 1) * hop)
    let spread = FloatBuffer(count: count * window)
    withExtendedLifetime((latents, spread)) {
      synthesis.withUnsafeBufferPointer { kernel in
        guard let kernel = kernel.baseAddress else { return }
        MatrixProduct.gemm(
          transposeA: false, transposeB: false, m: count, n: window, k: latent, a: latents.base,
          lda: latent, b: kernel, ldb: window, c: spread.base, ldc: window)
      }
      for frame in 0..<count {
        for index in 0..<window {
          result[frame * hop + index] += spread.base[frame * window + index]
        }
      }
    }
    return Array(result[FrameGrid.lead..<FrameGrid.lead + count * hop])
  }

  /// The latents that codes of a book of the vocal or the accompaniment stand for, [codes.count, latent].
  public func latents(_ codes: [UInt16], of book: FrameBook) -> FloatBuffer {
    let latent = frames.analysis.latent
    let result = FloatBuffer(count: codes.count * latent)
    withExtendedLifetime((result, book.rows)) {
      for (frame, code) in codes.enumerated() where Int(code) < book.size {
        (result.base + frame * latent).update(
          from: book.rows.base + Int(code) * book.width, count: book.width - 1)
      }
    }
    return result
  }
}
