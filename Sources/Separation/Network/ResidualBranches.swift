import CKernels
import Neural
import Weights

/// The dilated convolutions inside a layer (`DConv`): x = x + scale * GLU(GN(1x1(GELU(GN(conv x))))).
///
/// The convolution has three taps, dilation 1, 2, … and few outputs. In the frequency branch every row is
/// a sequence of its own.
struct ResidualBranches: Sendable {
  private struct Branch: Sendable {
    let dilation: Int
    /// `0.weight` [hidden, C, 3], as [3 * C, hidden].
    let narrow: FloatBuffer
    /// `1`, with the bias `0.bias`.
    let narrowNorm: GroupNorm
    /// `3.weight` [2 C, hidden, 1].
    let wide: FloatTensor
    /// `4`, with the bias `3.bias`.
    let wideNorm: GroupNorm
    /// `6.scale` [C].
    let scale: FloatTensor
  }

  private let branches: [Branch]
  private let channels: Int
  private let hidden: Int

  /// Frames of a task.
  private static let block = 512

  /// - Parameter key: `KEY.layers.0…`.
  init(
    _ source: any TensorSource, _ key: String, branches: Int, channels: Int, hidden: Int
  ) throws(WeightsFailure) {
    self.channels = channels
    self.hidden = hidden
    var result: [Branch] = []
    for index in 0..<branches {
      let key = "\(key).layers.\(index)"
      result.append(
        Branch(
          dilation: 1 << index,
          narrow: try ConvolutionWeights.taps(
            source, key + ".0.weight", shape: [hidden, channels, 3]),
          narrowNorm: try GroupNorm(
            source, key + ".1", channels: hidden, bias: key + ".0.bias"),
          wide: try source.tensor(key + ".3.weight", shape: [2 * channels, hidden, 1]),
          wideNorm: try GroupNorm(
            source, key + ".4", channels: 2 * channels, bias: key + ".3.bias"),
          scale: try source.tensor(key + ".6.scale", shape: [channels])))
    }
    self.branches = result
  }

  /// Floats of scratch for a sequence.
  func scratch(frames: Int) -> Int { frames * (hidden + 2 * channels) }

  /// - Parameters:
  ///   - x: [frames, channels] with silence of the widest dilation before and after.
  ///   - scratch: ``scratch(frames:)`` floats.
  func apply(
    _ x: UnsafeMutablePointer<Float>, frames: Int, scratch: UnsafeMutablePointer<Float>,
    pool: ThreadPool
  ) {
    let (channels, hidden) = (channels, hidden)
    nonisolated(unsafe) let x = x
    nonisolated(unsafe) let narrow = scratch
    nonisolated(unsafe) let wide = scratch + frames * hidden
    for branch in branches {
      pool.blocks(frames, of: Self.block) { first, count in
        MatrixProduct.convolve(
          rows: x + (first - branch.dilation) * channels, channels: channels, taps: 3,
          dilation: branch.dilation, m: count, n: hidden, b: branch.narrow.base, beta: 0,
          c: narrow + first * hidden)
      }
      let inner = branch.narrowNorm.fold(narrow, frames: frames, pool)
      pool.blocks(frames, of: Self.block) { first, count in
        inner.gelu(narrow + first * hidden, count: count * hidden)
        MatrixProduct.gemm(
          transposeA: false, transposeB: true, m: count, n: 2 * channels, k: hidden,
          a: narrow + first * hidden, lda: hidden, b: branch.wide.base, ldb: hidden,
          c: wide + first * 2 * channels, ldc: 2 * channels)
      }
      let outer = branch.wideNorm.fold(wide, frames: frames, pool)
      pool.blocks(frames, of: Self.block) { first, count in
        sgk_add_glu(
          wide + first * 2 * channels, count, channels, outer.gain.base, outer.offset.base,
          branch.scale.base, x + first * channels)
      }
    }
  }
}
