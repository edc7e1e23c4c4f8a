public import Neural

/// Stems to latents: windowed, pre-emphasised frames seen along some directions.
public struct FrameAnalysis: Sendable {
  /// Numbers of a latent.
  public let latent: Int
  /// Directions with window and pre-emphasis folded in, [latent, window].
  public let kernel: FloatBuffer

  /// - Parameter kernel: [latent, window], what samples are multiplied with.
  public init(kernel: FloatBuffer) {
    self.kernel = kernel
    latent = kernel.count / FrameGrid.window
  }

  /// - Parameters:
  ///   - directions: [latent, window], what windowed and pre-emphasised frames are multiplied with.
  ///   - emphasis: a of the pre-emphasis y[n] = x[n] - a x[n - 1].
  public init(directions: [Float], emphasis: Float) {
    let window = FrameGrid.window
    let kernel = FloatBuffer(count: directions.count / window * window)
    for row in 0..<kernel.count / window {
      let (source, target) = (row * window, kernel.base + row * window)
      for index in 0..<window { target[index] = directions[source + index] * FrameGrid.form[index] }
      // The window begins with 0, so that no sample before it counts.
      for index in 0..<window - 1 { target[index] -= emphasis * target[index + 1] }
    }
    self.init(kernel: kernel)
  }

  /// The latents of a stem's whole frames, [frames, latent]; silence is all around it.
  public func latents(_ samples: [Float]) -> FloatBuffer {
    let (hop, window) = (FrameGrid.hop, FrameGrid.window)
    let frames = FrameGrid.frames(samples: samples.count)
    let result = FloatBuffer(count: frames * latent)
    guard frames > 0 else { return result }
    let padded = Self.padded(samples, frames: frames)
    withExtendedLifetime((kernel, padded)) {
      MatrixProduct.gemm(
        transposeA: false, transposeB: true, m: frames, n: latent, k: window, a: padded.base,
        lda: hop, b: kernel.base, ldb: window, c: result.base, ldc: latent)
    }
    return result
  }

  /// The stem with silence around it: window i begins at sample i * hop.
  static func padded(_ samples: [Float], frames: Int) -> FloatBuffer {
    let hop = FrameGrid.hop
    let padded = FloatBuffer(count: frames * hop + FrameGrid.window - hop)
    withExtendedLifetime(padded) {
      samples.withUnsafeBufferPointer { source in
        guard let first = source.baseAddress else { return }
        (padded.base + FrameGrid.lead).update(from: first, count: frames * hop)
      }
    }
    return padded
  }
}
