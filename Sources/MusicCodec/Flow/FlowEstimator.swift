import CKernels
public import Neural
public import Weights

/// The flow network: velocity v(x, t) of the latents, given conditions.
///
/// A non-causal GPT-2 with adaLN-single time conditioning, learned positions and rotary positions.
/// Both branches of the guidance go through it as one batch.
public final class FlowEstimator: Sendable {
  public let shape: FlowShape
  /// What the products of the blocks are computed in.
  public let precision: Precision
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

  /// - Parameter pool: what weights are packed with.
  public init(
    _ source: any TensorSource, _ shape: FlowShape, precision: Precision = .f32,
    pool: ThreadPool? = nil
  ) throws(WeightsFailure) {
    self.shape = shape
    self.precision = precision
    let prefix = FlowShape.prefix
    let width = shape.width
    time = try TimeEmbedding(source, shape)
    var blocks: [FlowBlock] = []
    for index in 0..<shape.layers {
      blocks.append(
        try FlowBlock(source, index, shape, precision: precision, pool: pool))
    }
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
    for (index, block) in blocks.enumerated() {
      if let packed = work.packed {
        apply(block, time.blocks[index], work, packed, mask: mask, pool)
      } else {
        apply(block, time.blocks[index], work, mask: mask, pool)
      }
      trace?(index, work.hidden.base)
    }
    work.norm(time.final, pool)
    project(work, rows: shape.width - shape.latent..<shape.width, to: velocity, pool)
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

  /// One block in f32.
  private func apply(
    _ block: FlowBlock, _ time: FlowTime.Block, _ work: FlowWorkspace, mask: [Bool]?,
    _ pool: ThreadPool
  ) {
    let width = shape.width
    let attention = FlowAttention(
      frames: work.frames, heads: shape.heads, width: width / shape.heads, mask: mask)
    work.norm(time.norm1, pool)
    multiply(work.normed, width, block.attention, 3 * width, work.wide, work.rows, pool)
    turn(work, bias: block.attention.bias, pool)
    attention.apply(work.wide.base, branches: work.branches, to: work.normed.base, pool: pool)
    multiply(work.normed, width, block.projection, width, work.result, work.rows, pool)
    work.add(bias: block.projection.bias, gate: time.gate1, pool)
    work.norm(time.norm2, pool)
    multiply(work.normed, width, block.expansion, shape.inner, work.wide, work.rows, pool)
    work.gelu(bias: block.expansion.bias, width: shape.inner, pool)
    multiply(work.wide, shape.inner, block.contraction, width, work.result, work.rows, pool)
    work.add(bias: block.contraction.bias, gate: time.gate2, pool)
  }

  private func multiply(
    _ x: FloatBuffer, _ inputs: Int, _ layer: FlowLinear, _ outputs: Int, _ y: FloatBuffer,
    _ rows: Int, _ pool: ThreadPool
  ) {
    guard case .floats(let weight) = layer.weight else { return }
    pool.gemm(
      transposeA: false, transposeB: false, m: rows, n: outputs, k: inputs, a: x.base, lda: inputs,
      b: weight.base, ldb: outputs, c: y.base, ldc: outputs)
  }

  /// One block with packed weights: what a product reads is quantised row by row, just after it was
  /// made.
  private func apply(
    _ block: FlowBlock, _ time: FlowTime.Block, _ work: FlowWorkspace, _ packed: PackedFlowRows,
    mask: [Bool]?, _ pool: ThreadPool
  ) {
    let width = shape.width
    let attention = PackedFlowAttention(
      frames: work.frames, heads: shape.heads, width: width / shape.heads, mask: mask)
    work.norm(time.norm1, to: packed.state, pool)
    multiply(packed.state, block.attention, into: work.wide, 3 * width, work.rows, pool)
    turn(work, bias: block.attention.bias, queries: packed.queries, pool)
    attention.apply(
      work.wide.base, queries: packed.queries, branches: work.branches, to: work.normed.base,
      scratch: packed.scratch, pool: pool)
    work.quantise(work.normed, to: packed.state, pool)
    multiply(packed.state, block.projection, gate: time.gate1, into: work.hidden, work.rows, pool)
    work.norm(time.norm2, to: packed.state, pool)
    multiply(packed.state, block.expansion, into: work.wide, shape.inner, work.rows, pool)
    work.gelu(bias: block.expansion.bias, to: packed.inner, pool)
    multiply(packed.inner, block.contraction, gate: time.gate2, into: work.hidden, work.rows, pool)
  }

  /// y = x W, without the bias.
  private func multiply(
    _ x: IntegerRows, _ layer: FlowLinear, into y: FloatBuffer, _ outputs: Int, _ rows: Int,
    _ pool: ThreadPool
  ) {
    guard case .packed(let weight) = layer.weight else { return }
    weight.multiply(x, count: rows, into: y.base, stride: outputs, pool: pool)
  }

  /// hidden += gate * (x W + b).
  private func multiply(
    _ x: IntegerRows, _ layer: FlowLinear, gate: FloatBuffer, into hidden: FloatBuffer,
    _ rows: Int, _ pool: ThreadPool
  ) {
    guard case .packed(let weight) = layer.weight else { return }
    weight.multiply(
      x, count: rows, bias: layer.bias.base, result: .gated(gate), into: hidden.base,
      stride: shape.width, pool: pool)
  }

  /// Adds the bias to queries, keys and values; turns queries and keys by their positions.
  ///
  /// - Parameter queries: gets the turned queries, [branch][head][frame].
  private func turn(
    _ work: FlowWorkspace, bias: FloatTensor, queries: IntegerRows? = nil, _ pool: ThreadPool
  ) {
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
      if let queries {
        let (branch, frame) = row.quotientAndRemainder(dividingBy: frames)
        for head in 0..<heads {
          queries.set((branch * heads + head) * frames + frame, line + head * 2 * half)
        }
      }
      let values = line + 2 * width
      let add = bias.base + 2 * width
      for column in 0..<width { values[column] += add[column] }
    }
  }
}
