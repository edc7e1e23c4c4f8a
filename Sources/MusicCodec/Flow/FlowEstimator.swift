import CKernels
package import Neural
public import Weights

/// The flow network: velocity v(x, t) of the latents, given conditions.
///
/// A non-causal GPT-2 with adaLN-single time conditioning, learned positions and rotary positions.
/// Both branches of the guidance go through it as one batch.
public final class FlowEstimator: Sendable {
  public let shape: FlowShape
  package let time: TimeEmbedding
  let blocks: [FlowBlock]
  let rotary: RotaryTable
  /// `wpe.weight` [positions, D].
  package let positions: FloatTensor
  private let finalNorm: (weight: FloatTensor, bias: FloatTensor)
  /// `scale_shift_table` [2, D].
  private let finalTable: FloatTensor
  /// `proj_out` [D, D]; only the last `latent` rows give the velocity.
  let output: (weight: FloatTensor, bias: FloatTensor)

  public init(_ source: any TensorSource, _ shape: FlowShape) throws(WeightsFailure) {
    self.shape = shape
    let prefix = FlowShape.prefix
    let width = shape.width
    time = try TimeEmbedding(source, shape)
    var blocks: [FlowBlock] = []
    for index in 0..<shape.layers { blocks.append(try FlowBlock(source, index, shape)) }
    self.blocks = blocks
    rotary = RotaryTable(frames: shape.positions, width: width / shape.heads)
    positions = try source.tensor(prefix + "wpe.weight", shape: [shape.positions, width])
    finalNorm = (
      try source.tensor(prefix + "ln_f.weight", shape: [width]),
      try source.tensor(prefix + "ln_f.bias", shape: [width])
    )
    finalTable = try source.tensor(prefix + "scale_shift_table", shape: [2, width])
    output = (
      try source.tensor(prefix + "proj_out.weight", shape: [width, width]),
      try source.tensor(prefix + "proj_out.bias", shape: [width])
    )
  }

  /// The modulation of every layer at time t.
  package func prepare(_ t: Float, pool: ThreadPool) -> FlowTime {
    let (embedded, modulation) = time.vectors(t, pool: pool)
    let width = shape.width
    let blocks = blocks.map { block in
      func row(_ index: Int) -> (Int) -> Float {
        { block.table.base[index * width + $0] + modulation[index * width + $0] }
      }
      func norm(_ index: Int) -> ModulatedNorm {
        ModulatedNorm(
          weight: block.norms[index].weight.base, bias: block.norms[index].bias.base, width: width,
          shift: row(3 * index), scale: row(3 * index + 1))
      }
      return FlowTime.Block(
        norm1: norm(0), gate1: FloatBuffer((0..<width).map(row(2))), norm2: norm(1),
        gate2: FloatBuffer((0..<width).map(row(5))))
    }
    // The final modulation takes the embedding before its activation.
    return FlowTime(
      blocks: blocks,
      final: ModulatedNorm(
        weight: finalNorm.weight.base, bias: finalNorm.bias.base, width: width,
        shift: { finalTable.base[$0] + embedded[$0] },
        scale: { finalTable.base[width + $0] + embedded[$0] }))
  }

  /// One pass over `hidden`, [branches * frames, D], which it changes: input plus positions before,
  /// the last block's output after.
  ///
  /// - Parameters:
  ///   - velocity: [branches * frames, latent].
  ///   - trace: called with the hidden state after each block.
  package func run(
    _ work: FlowWorkspace, time: FlowTime, mask: [Bool]? = nil,
    velocity: UnsafeMutablePointer<Float>, pool: ThreadPool,
    trace: ((Int, UnsafePointer<Float>) -> Void)? = nil
  ) {
    let rows = work.rows
    let width = shape.width
    let attention = FlowAttention(
      frames: work.frames, heads: shape.heads, width: width / shape.heads, mask: mask)
    for (index, block) in blocks.enumerated() {
      let time = time.blocks[index]
      work.norm(time.norm1, pool)
      multiply(
        work.normed.base, width, block.attention.weight, 3 * width, work.wide.base, rows, pool)
      turn(work, bias: block.attention.bias, pool)
      attention.apply(work.wide.base, branches: work.branches, to: work.normed.base, pool: pool)
      multiply(
        work.normed.base, width, block.projection.weight, width, work.result.base, rows, pool)
      work.add(bias: block.projection.bias, gate: time.gate1, pool)
      work.norm(time.norm2, pool)
      multiply(
        work.normed.base, width, block.expansion.weight, shape.inner, work.wide.base, rows, pool)
      work.gelu(bias: block.expansion.bias, width: shape.inner, pool)
      multiply(
        work.wide.base, shape.inner, block.contraction.weight, width, work.result.base, rows, pool)
      work.add(bias: block.contraction.bias, gate: time.gate2, pool)
      trace?(index, work.hidden.base)
    }
    work.norm(time.final, pool)
    let skip = width - shape.latent
    project(work, rows: skip..<width, to: velocity, pool)
  }

  /// Rows of `proj_out` applied to the final norm.
  package func project(
    _ work: FlowWorkspace, rows outputs: Range<Int>, to target: UnsafeMutablePointer<Float>,
    _ pool: ThreadPool
  ) {
    let width = shape.width
    for row in 0..<work.rows {
      (target + row * outputs.count).update(
        from: output.bias.base + outputs.lowerBound, count: outputs.count)
    }
    pool.gemm(
      transposeA: false, transposeB: true, m: work.rows, n: outputs.count, k: width,
      a: work.normed.base, lda: width, b: output.weight.base + outputs.lowerBound * width,
      ldb: width, beta: 1, c: target, ldc: outputs.count)
  }

  private func multiply(
    _ x: UnsafePointer<Float>, _ inputs: Int, _ weight: FloatTensor, _ outputs: Int,
    _ y: UnsafeMutablePointer<Float>, _ rows: Int, _ pool: ThreadPool
  ) {
    pool.gemm(
      transposeA: false, transposeB: false, m: rows, n: outputs, k: inputs, a: x, lda: inputs,
      b: weight.base, ldb: outputs, c: y, ldc: outputs)
  }

  /// Adds the bias to queries, keys and values; turns queries and keys by their positions.
  private func turn(_ work: FlowWorkspace, bias: FloatTensor, _ pool: ThreadPool) {
    let width = shape.width
    let heads = shape.heads
    let half = width / heads / 2
    let rotary = rotary
    let frames = work.frames
    nonisolated(unsafe) let rows = work.wide.base
    work.eachRow(pool) { row in
      let line = rows + row * 3 * width
      let angles = row % frames * half
      for part in 0..<2 {
        sgk_rope_pairs_bias(
          line + part * width, bias.base + part * width, rotary.cosine.base + angles,
          rotary.sine.base + angles, heads, 2 * half)
      }
      let values = line + 2 * width
      let add = bias.base + 2 * width
      for column in 0..<width { values[column] += add[column] }
    }
  }
}
