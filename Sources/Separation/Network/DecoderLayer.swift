import Neural
import Weights

/// A layer of one of the decoders (`HDecLayer`): a convolution over neighbours and GLU; residual
/// branches; a transposed convolution to four times the rows or samples; GELU, but for the last layer.
struct DecoderLayer: Sendable {
  private let channels: Int
  private let isLast: Bool
  /// `rewrite.weight` [2 C, C, 3(, 3)], as [taps * C, 2 C]; `rewrite.bias`.
  private let rewrite: FloatBuffer
  private let rewriteBias: Affine
  /// `dconv`.
  private let residual: ResidualBranches
  /// `conv_tr`.
  private let convolution: TransposedConvolution

  private static let block = 512

  /// - Parameter index: 0 for the deepest.
  init(
    _ source: any TensorSource, _ branch: Branch, _ index: Int, _ shape: HTDemucsShape
  ) throws(WeightsFailure) {
    let key = "\(branch.prefix)decoder.\(index)"
    let level = shape.depth - 1 - index
    channels = shape.widths[level]
    isLast = level == 0
    rewrite = try ConvolutionWeights.taps(
      source, key + ".rewrite.weight",
      shape: [2 * channels, channels, 3] + branch.flat.map { _ in 3 })
    rewriteBias = Affine(bias: try source.tensor(key + ".rewrite.bias", shape: [2 * channels]))
    residual = try ResidualBranches(
      source, key + ".dconv", branches: shape.branches, channels: channels,
      hidden: shape.hidden[level])
    convolution = try TransposedConvolution(
      source, key + ".conv_tr", inputs: channels,
      outputs: isLast ? branch.audioChannels * shape.stems.count : shape.widths[level - 1],
      flat: branch.flat)
  }

  /// Of the frequency branch: [rows, frames, C] to [4 rows, frames, out].
  ///
  /// - Parameter outputs: of the last layer, the output channels that are wanted; `nil` for all.
  func frequencies(_ x: Plane, outputs: [Int]?, _ pool: ThreadPool) -> Plane {
    let y = Plane(rows: x.rows, frames: x.frames, channels: channels)
    // Several rows share one copy of the weights.
    let group = max(1, min(channels >= 192 ? 4 : 2, x.rows / pool.threads))
    pool.blocks(x.rows, of: group) { first, count in
      let reach = (count - 1) * x.pitch + x.frames
      let wide = FloatBuffer(count: reach * 2 * channels)
      MatrixProduct.gemm(
        rows: WindowRows(
          x.row(first - 1) - channels, step: channels, segment: 3 * channels,
          stride: x.pitch * channels, segments: 3), m: reach, n: 2 * channels, b: rewrite.base,
        c: wide.base)
      let scratch = FloatBuffer(count: residual.scratch(frames: x.frames))
      for row in 0..<count {
        let target = y.row(first + row)
        rewriteBias.glu(
          wide.base + row * x.pitch * 2 * channels, rows: x.frames, to: target, width: channels)
        residual.apply(target, frames: x.frames, scratch: scratch.base, pool: pool)
      }
      withExtendedLifetime((wide, scratch)) {}
    }
    let convolution = outputs.map { self.convolution.selecting($0) } ?? self.convolution
    return convolution.frequencies(y, pool) { activate(convolution, $0, $1) }
  }

  /// Of the time branch: [samples, C] to [frames, out].
  func samples(_ x: Plane, frames: Int, outputs: [Int]?, _ pool: ThreadPool) -> Plane {
    let y = Plane(rows: 1, frames: x.frames, channels: channels)
    let scratch = FloatBuffer(count: residual.scratch(frames: x.frames))
    pool.blocks(x.frames, of: Self.block) { first, count in
      let wide = scratch.base + first * 2 * channels
      MatrixProduct.gemm(
        rows: WindowRows(
          x.row(0) + (first - 1) * channels, step: channels, segment: 3 * channels), m: count,
        n: 2 * channels, b: rewrite.base, c: wide)
      rewriteBias.glu(wide, rows: count, to: y.row(0) + first * channels, width: channels)
    }
    withExtendedLifetime(scratch) {
      residual.apply(y.row(0), frames: y.frames, scratch: scratch.base, pool: pool)
    }
    let convolution = outputs.map { self.convolution.selecting($0) } ?? self.convolution
    return convolution.samples(y, frames: frames, pool) { activate(convolution, $0, $1) }
  }

  private func activate(
    _ convolution: TransposedConvolution, _ x: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    if isLast {
      convolution.bias.apply(x, count: count)
    } else {
      convolution.bias.gelu(x, count: count)
    }
  }
}
