import Neural
import Weights

/// A layer of one of the encoders (`HEncLayer`): a convolution that leaves a quarter of the rows, or of
/// the samples; GELU; residual branches; a 1x1 convolution and GLU.
struct EncoderLayer: Sendable {
  private let inputs: Int
  private let outputs: Int
  /// `conv.weight` [out, in, 8(, 1)], as [8 * in, out]; `conv.bias`.
  private let convolution: FloatBuffer
  private let bias: Affine
  /// `dconv`.
  private let residual: ResidualBranches
  /// `rewrite.weight` [2 out, out, 1(, 1)]; `rewrite.bias`.
  private let rewrite: FloatTensor
  private let rewriteBias: Affine

  private static let block = 512

  init(
    _ source: any TensorSource, _ branch: Branch, _ index: Int, _ shape: HTDemucsShape
  ) throws(WeightsFailure) {
    let key = "\(branch.prefix)encoder.\(index)"
    inputs = index == 0 ? branch.audioChannels : shape.widths[index - 1]
    outputs = shape.widths[index]
    convolution = try ConvolutionWeights.taps(
      source, key + ".conv.weight",
      shape: [outputs, inputs, HTDemucsShape.kernel] + branch.flat)
    bias = Affine(bias: try source.tensor(key + ".conv.bias", shape: [outputs]))
    residual = try ResidualBranches(
      source, key + ".dconv", branches: shape.branches, channels: outputs,
      hidden: shape.hidden[index])
    rewrite = try source.tensor(
      key + ".rewrite.weight", shape: [2 * outputs, outputs, 1] + branch.flat)
    rewriteBias = Affine(bias: try source.tensor(key + ".rewrite.bias", shape: [2 * outputs]))
  }

  /// Of the frequency branch: [rows, frames, in] to [rows / 4, frames, out].
  func frequencies(_ x: Plane, _ pool: ThreadPool) -> Plane {
    let y = Plane(rows: x.rows / HTDemucsShape.stride, frames: x.frames, channels: outputs)
    pool.run(y.rows) { row in
      MatrixProduct.convolve(
        rows: x.row(row * HTDemucsShape.stride - 2), channels: inputs, taps: HTDemucsShape.kernel,
        dilation: x.pitch, m: y.frames, n: outputs, b: convolution.base, beta: 0, c: y.row(row))
      finish(y.row(row), frames: y.frames, pool)
    }
    return y
  }

  /// Of the time branch: [samples, in] to [samples / 4 rounded up, out].
  func samples(_ x: Plane, _ pool: ThreadPool) -> Plane {
    let stride = HTDemucsShape.stride
    let y = Plane(rows: 1, frames: (x.frames + stride - 1) / stride, channels: outputs)
    pool.blocks(y.frames, of: Self.block) { first, count in
      MatrixProduct.gemm(
        transposeA: false, transposeB: false, m: count, n: outputs,
        k: HTDemucsShape.kernel * inputs, a: x.row(0) + (first * stride - 2) * inputs,
        lda: stride * inputs, b: convolution.base, ldb: outputs,
        c: y.row(0) + first * outputs, ldc: outputs)
    }
    finish(y.row(0), frames: y.frames, pool)
    return y
  }

  /// All that follows the convolution, in place.
  private func finish(_ x: UnsafeMutablePointer<Float>, frames: Int, _ pool: ThreadPool) {
    let outputs = outputs
    nonisolated(unsafe) let x = x
    let scratch = FloatBuffer(count: residual.scratch(frames: frames))
    pool.blocks(frames, of: Self.block) { first, count in
      bias.gelu(x + first * outputs, count: count * outputs)
    }
    residual.apply(x, frames: frames, scratch: scratch.base, pool: pool)
    pool.blocks(frames, of: Self.block) { first, count in
      let wide = scratch.base + first * 2 * outputs
      MatrixProduct.gemm(
        transposeA: false, transposeB: true, m: count, n: 2 * outputs, k: outputs,
        a: x + first * outputs, lda: outputs, b: rewrite.base, ldb: outputs, c: wide,
        ldc: 2 * outputs)
      rewriteBias.glu(wide, rows: count, to: x + first * outputs, width: outputs)
    }
  }
}
