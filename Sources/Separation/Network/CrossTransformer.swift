import CKernels
import Neural
import Weights

/// The transformer between encoders and decoders (`CrossTransformerEncoder`): every other layer lets each
/// branch look at the other.
struct CrossTransformer: Sendable {
  private struct Half: Sendable {
    /// `channel_upsampler(_t)` [D, C, 1].
    let up: FloatTensor
    let upBias: FloatTensor
    /// `channel_downsampler(_t)` [C, D, 1].
    let down: FloatTensor
    let downBias: FloatTensor
    /// `crosstransformer.norm_in(_t)`.
    let norm: TokenNorm
    /// What is added to the tokens for where they lie [tokens, D].
    let positions: FloatBuffer
    /// `crosstransformer.layers(_t)`.
    let layers: [TransformerLayer]
  }

  private let shape: HTDemucsShape
  private let frequency: Half
  private let time: Half

  init(_ source: any TensorSource, _ shape: HTDemucsShape) throws(WeightsFailure) {
    self.shape = shape
    let deep = shape.widths[shape.depth - 1]
    func half(_ branch: Branch) throws(WeightsFailure) -> Half {
      var layers: [TransformerLayer] = []
      for index in 0..<shape.layers {
        layers.append(try TransformerLayer(source, branch, index, shape))
      }
      let (up, down) = ("channel_upsampler\(branch.suffix)", "channel_downsampler\(branch.suffix)")
      let positions =
        branch == .frequency
        ? PositionTable.plane(
          rows: shape.rows(after: shape.depth), frames: shape.frames, width: shape.bottom)
        : PositionTable.time(frames: shape.samples(after: shape.depth), width: shape.bottom)
      return Half(
        up: try source.tensor(up + ".weight", shape: [shape.bottom, deep, 1]),
        upBias: try source.tensor(up + ".bias", shape: [shape.bottom]),
        down: try source.tensor(down + ".weight", shape: [deep, shape.bottom, 1]),
        downBias: try source.tensor(down + ".bias", shape: [deep]),
        norm: try TokenNorm(
          source, "crosstransformer.norm_in\(branch.suffix)", width: shape.bottom),
        positions: positions, layers: layers)
    }
    frequency = try half(.frequency)
    time = try half(.time)
  }

  /// Both planes in place.
  ///
  /// - Parameter observe: is shown the tokens after each layer: frequency, time.
  func apply(
    frequency plane: Plane, time samples: Plane, _ pool: ThreadPool,
    observe: (_ layer: Int, _ frequency: Tokens, _ time: Tokens) -> Void
  ) {
    let x = enter(frequency, plane, pool)
    let t = enter(time, samples, pool)
    let work = TokenWorkspace(
      tokens: max(x.count, t.count), width: shape.bottom, inner: shape.inner)
    for index in 0..<shape.layers {
      // Either branch sees the other as it was before this layer.
      let before = frequency.layers[index].crosses ? x.copy() : x
      frequency.layers[index].apply(x, other: t, work, pool)
      time.layers[index].apply(t, other: before, work, pool)
      observe(index, x, t)
    }
    leave(frequency, x, to: plane, pool)
    leave(time, t, to: samples, pool)
  }

  /// Tokens: 1x1 convolution, norm, positions.
  private func enter(_ half: Half, _ plane: Plane, _ pool: ThreadPool) -> Tokens {
    let width = shape.bottom
    let tokens = Tokens(count: plane.rows * plane.frames, width: width)
    multiply(
      plane, rows: { plane.row($0) }, inputs: plane.channels, weight: half.up, bias: half.upBias,
      to: { tokens.values.base + $0 * plane.frames * width }, pool)
    half.norm.apply(tokens.values.base, tokens: tokens.count, to: tokens.values.base, pool)
    for index in 0..<tokens.values.count {
      tokens.values.base[index] += half.positions.base[index]
    }
    return tokens
  }

  private func leave(_ half: Half, _ tokens: Tokens, to plane: Plane, _ pool: ThreadPool) {
    multiply(
      plane, rows: { tokens.values.base + $0 * plane.frames * shape.bottom },
      inputs: shape.bottom, weight: half.down, bias: half.downBias, to: { plane.row($0) }, pool)
  }

  /// A 1x1 convolution, for each row of `plane` from where `rows` says to where `target` says.
  private func multiply(
    _ plane: Plane, rows: @Sendable (Int) -> UnsafeMutablePointer<Float>, inputs: Int,
    weight: FloatTensor, bias: FloatTensor,
    to target: @Sendable (Int) -> UnsafeMutablePointer<Float>, _ pool: ThreadPool
  ) {
    let outputs = bias.count
    let block = 384
    let blocks = (plane.frames + block - 1) / block
    pool.run(plane.rows * blocks) { task in
      let (row, part) = task.quotientAndRemainder(dividingBy: blocks)
      let first = part * block
      let count = min(block, plane.frames - first)
      let y = target(row) + first * outputs
      for frame in 0..<count { (y + frame * outputs).update(from: bias.base, count: outputs) }
      MatrixProduct.gemm(
        transposeA: false, transposeB: true, m: count, n: outputs, k: inputs,
        a: rows(row) + first * inputs, lda: inputs, b: weight.base, ldb: inputs, beta: 1, c: y,
        ldc: outputs)
    }
  }
}
