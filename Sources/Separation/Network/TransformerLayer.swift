import CKernels
import Neural
import Weights

/// A layer of the transformer: attention to the own branch or to the other one, feed-forward, and a norm
/// over all tokens (`MyTransformerEncoderLayer`, `CrossTransformerEncoderLayer`).
struct TransformerLayer: Sendable {
  /// Whether the keys are those of the other branch.
  let crosses: Bool
  private let width: Int
  private let inner: Int
  private let attention: TiledAttention
  /// `norm1` of the queries, `norm2` of the other branch (crossing layers only), `norm2` or `norm3` of the
  /// feed-forward part.
  private let queryNorm: TokenNorm
  private let keyNorm: TokenNorm?
  private let innerNorm: TokenNorm
  /// `self_attn` or `cross_attn`: `.in_proj_weight` [3 D, D], `.in_proj_bias`.
  private let projection: FloatTensor
  private let projectionBias: FloatTensor
  /// The same, `.out_proj` [D, D], and `gamma_1.scale` [D].
  private let output: (weight: FloatTensor, bias: FloatTensor)
  private let outputScale: FloatTensor
  /// `linear1` [inner, D].
  private let expansion: FloatTensor
  private let expansionBias: Affine
  /// `linear2` [D, inner], and `gamma_2.scale` [D].
  private let contraction: (weight: FloatTensor, bias: FloatTensor)
  private let contractionScale: FloatTensor
  /// `norm_out`.
  private let norm: GroupNorm

  private static let block = 64

  init(
    _ source: any TensorSource, _ branch: Branch, _ index: Int, _ shape: HTDemucsShape
  ) throws(WeightsFailure) {
    let key = "crosstransformer.layers\(branch.suffix).\(index)."
    let width = shape.bottom
    crosses = index % 2 == 1
    self.width = width
    inner = shape.inner
    attention = TiledAttention(heads: shape.heads, width: width / shape.heads)
    queryNorm = try TokenNorm(source, key + "norm1", width: width)
    keyNorm = crosses ? try TokenNorm(source, key + "norm2", width: width) : nil
    innerNorm = try TokenNorm(source, key + (crosses ? "norm3" : "norm2"), width: width)
    let name = key + (crosses ? "cross_attn" : "self_attn")
    projection = try source.tensor(name + ".in_proj_weight", shape: [3 * width, width])
    projectionBias = try source.tensor(name + ".in_proj_bias", shape: [3 * width])
    output = (
      try source.tensor(name + ".out_proj.weight", shape: [width, width]),
      try source.tensor(name + ".out_proj.bias", shape: [width])
    )
    outputScale = try source.tensor(key + "gamma_1.scale", shape: [width])
    expansion = try source.tensor(key + "linear1.weight", shape: [inner, width])
    expansionBias = Affine(bias: try source.tensor(key + "linear1.bias", shape: [inner]))
    contraction = (
      try source.tensor(key + "linear2.weight", shape: [width, inner]),
      try source.tensor(key + "linear2.bias", shape: [width])
    )
    contractionScale = try source.tensor(key + "gamma_2.scale", shape: [width])
    norm = try GroupNorm(source, key + "norm_out", channels: width)
  }

  /// - Parameters:
  ///   - x: the tokens of this branch, in place.
  ///   - other: those of the other branch, which a crossing layer reads.
  func apply(_ x: Tokens, other: Tokens, _ work: TokenWorkspace, _ pool: ThreadPool) {
    queryNorm.apply(x.values.base, tokens: x.count, to: work.normed.base, pool)
    if let keyNorm {
      project(work.normed, x.count, parts: 0..<1, to: work.wide.base, pool)
      keyNorm.apply(other.values.base, tokens: other.count, to: work.normed.base, pool)
      let keys = work.wide.base + x.count * width
      project(work.normed, other.count, parts: 1..<3, to: keys, pool)
      attention.apply(
        q: work.wide.base, qStride: width, queries: x.count, k: keys, v: keys + width,
        kvStride: 2 * width, keys: other.count, out: work.normed.base, pool: pool)
    } else {
      let q = work.wide.base
      project(work.normed, x.count, parts: 0..<3, to: q, pool)
      attention.apply(
        q: q, qStride: 3 * width, queries: x.count, k: q + width, v: q + 2 * width,
        kvStride: 3 * width, keys: x.count, out: work.normed.base, pool: pool)
    }
    multiply(work.normed.base, x.count, width, output.weight, width, work.result.base, pool)
    add(work.result, bias: output.bias, scale: outputScale, to: x, pool)

    innerNorm.apply(x.values.base, tokens: x.count, to: work.normed.base, pool)
    multiply(work.normed.base, x.count, width, expansion, inner, work.wide.base, pool)
    pool.blocks(x.count, of: Self.block) { first, count in
      expansionBias.gelu(work.wide.base + first * inner, count: count * inner)
    }
    multiply(work.wide.base, x.count, inner, contraction.weight, width, work.result.base, pool)
    add(work.result, bias: contraction.bias, scale: contractionScale, to: x, pool)

    let factors = norm.fold(x.values.base, frames: x.count, pool)
    pool.blocks(x.count, of: Self.block) { first, count in
      factors.apply(x.values.base + first * width, count: count * width)
    }
  }

  /// Parts of the packed projection, 0 queries, 1 keys, 2 values: [tokens, parts * D].
  private func project(
    _ x: FloatBuffer, _ tokens: Int, parts: Range<Int>, to y: UnsafeMutablePointer<Float>,
    _ pool: ThreadPool
  ) {
    let columns = parts.count * width
    let first = parts.lowerBound * width
    nonisolated(unsafe) let y = y
    pool.gemm(
      transposeA: false, transposeB: true, m: tokens, n: columns, k: width, a: x.base, lda: width,
      b: projection.base + first * width, ldb: width, c: y, ldc: columns)
    pool.blocks(tokens, of: Self.block) { token, count in
      for row in token..<token + count {
        let (line, bias) = (y + row * columns, projectionBias.base + first)
        for column in 0..<columns { line[column] += bias[column] }
      }
    }
  }

  private func multiply(
    _ x: UnsafePointer<Float>, _ tokens: Int, _ inputs: Int, _ weight: FloatTensor,
    _ outputs: Int, _ y: UnsafeMutablePointer<Float>, _ pool: ThreadPool
  ) {
    pool.gemm(
      transposeA: false, transposeB: true, m: tokens, n: outputs, k: inputs, a: x, lda: inputs,
      b: weight.base, ldb: inputs, c: y, ldc: outputs)
  }

  private func add(
    _ y: FloatBuffer, bias: FloatTensor, scale: FloatTensor, to x: Tokens, _ pool: ThreadPool
  ) {
    pool.blocks(x.count, of: Self.block) { first, count in
      for row in first..<first + count {
        sgk_add_gated(
          x.values.base + row * width, y.base + row * width, bias.base, scale.base, width)
      }
    }
  }
}
