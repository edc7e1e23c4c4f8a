import CKernels
import Neural
import Weights

/// Encoder frames to hidden states: the first blocks of a conformer, "Conformer: Convolution-augmented
/// Transformer for Speech Recognition", arXiv 2005.08100.
///
/// Unlike in other transformers with rotary positions, the normed input of the attention is turned
/// before the query and key projections, not their results after. The norm that ends the whole stack
/// touches no hidden state that is used here.
struct Conformer: Sendable {
  let shape: ConformerShape
  private let blocks: [ConformerBlock]

  /// - Parameters:
  ///   - prefix: `PREFIX.layers.N.…`.
  ///   - layers: blocks that are needed.
  init(_ source: any TensorSource, _ prefix: String, layers: Int) throws(WeightsFailure) {
    shape = try ConformerShape(source, prefix)
    var blocks: [ConformerBlock] = []
    for layer in 0..<layers {
      blocks.append(try ConformerBlock(source, "\(prefix).layers.\(layer)", shape))
    }
    self.blocks = blocks
  }

  var layers: Int { blocks.count }

  /// Runs the first blocks over `hidden`, [frames, width], which it changes.
  ///
  /// - Parameters:
  ///   - layers: how many; hidden state i is what block i - 1 gives.
  ///   - trace: called with the hidden state after each block.
  func run(
    _ hidden: FloatBuffer, frames: Int, layers: Int, pool: ThreadPool,
    trace: ((Int, UnsafePointer<Float>) -> Void)? = nil
  ) {
    let rotary = RotaryTable(frames: frames, width: shape.width / shape.heads)
    let pass = ConformerPass(shape, hidden, frames: frames, rotary: rotary, pool: pool)
    for (index, block) in blocks.prefix(layers).enumerated() {
      pass.feedForward(block.feedForward1)
      pass.attend(block)
      pass.convolve(block)
      pass.feedForward(block.feedForward2)
      pass.norm(block.finalNorm, to: pass.hidden)
      trace?(index + 1, pass.hidden.base)
    }
  }
}

/// The buffers of a run, and the steps of a block on them.
private final class ConformerPass {
  let hidden: FloatBuffer
  private let shape: ConformerShape
  private let frames: Int
  private let rotary: RotaryTable
  private let pool: ThreadPool
  /// [frames, width] each.
  private let normed: FloatBuffer
  private let result: FloatBuffer
  /// A state with the context of the depthwise convolution around it, zeros.
  private let padded: FloatBuffer
  /// [frames, inner], [frames, 3 width] or [frames, 2 width].
  private let wide: FloatBuffer
  private let halves: FloatBuffer
  private let ones: FloatBuffer
  private let zeros: FloatBuffer

  private var width: Int { shape.width }

  init(
    _ shape: ConformerShape, _ hidden: FloatBuffer, frames: Int, rotary: RotaryTable,
    pool: ThreadPool
  ) {
    self.shape = shape
    self.hidden = hidden
    self.frames = frames
    self.rotary = rotary
    self.pool = pool
    normed = FloatBuffer(count: frames * shape.width)
    result = FloatBuffer(count: frames * shape.width)
    padded = FloatBuffer(count: (frames + shape.taps - 1) * shape.width)
    wide = FloatBuffer(count: frames * max(shape.inner, 3 * shape.width))
    halves = FloatBuffer(Array(repeating: 0.5, count: shape.width))
    ones = FloatBuffer(Array(repeating: 1, count: shape.width))
    zeros = FloatBuffer(count: shape.width)
  }

  /// hidden += FFN(LN(hidden)) / 2.
  func feedForward(_ part: ConformerBlock.FeedForward) {
    let inner = shape.inner
    norm(part.norm, to: normed)
    multiply(normed, width, part.expansion.weight, inner, to: wide)
    let bias = part.expansion.bias
    eachRow { row in sgk_silu_bias(self.wide.base + row * inner, bias.base, inner) }
    multiply(wide, inner, part.contraction.weight, width, to: result)
    add(bias: part.contraction.bias.base, gate: halves)
  }

  /// hidden += attention(LN(hidden)).
  func attend(_ block: ConformerBlock) {
    let (width, heads) = (width, shape.heads)
    let head = width / heads
    norm(block.attentionNorm, to: normed)
    eachRow { row in
      let turned = self.result.base + row * width
      turned.update(from: self.normed.base + row * width, count: width)
      let angles = row * head / 2
      for index in 0..<heads {
        sgk_rope_half(
          turned + index * head, self.rotary.cosine.base + angles,
          self.rotary.sine.base + angles, head)
      }
      for (index, part) in [block.query, block.key, block.value].enumerated() {
        (self.wide.base + (3 * row + index) * width).update(from: part.bias.base, count: width)
      }
    }
    for (index, part) in [block.query, block.key, block.value].enumerated() {
      pool.gemm(
        transposeA: false, transposeB: true, m: frames, n: width, k: width,
        a: index < 2 ? result.base : normed.base, lda: width, b: part.weight.base, ldb: width,
        beta: 1, c: wide.base + index * width, ldc: 3 * width)
    }
    FlowAttention(frames: frames, heads: heads, width: head, mask: nil)
      .apply(wide.base, branches: 1, to: normed.base, pool: pool)
    multiply(normed, width, block.output.weight, width, to: result)
    add(bias: block.output.bias.base, gate: ones)
  }

  /// hidden += the convolution module of LN(hidden).
  func convolve(_ block: ConformerBlock) {
    let (width, taps) = (width, shape.taps)
    norm(block.convolutionNorm, to: normed)
    multiply(normed, width, block.gated, 2 * width, to: wide)
    let inside = padded.base + taps / 2 * width
    nonisolated(unsafe) let target = inside
    eachRow { row in
      sgk_glu(self.wide.base + row * 2 * width, target + row * width, width)
    }
    eachRow { row in
      let out = self.normed.base + row * width
      sgk_depthwise(self.padded.base + row * width, block.depthwise.base, out, taps, width)
      sgk_silu_bias(out, block.depthwiseBias.base, width)
    }
    multiply(normed, width, block.pointwise, width, to: result)
    add(bias: zeros.base, gate: ones)
  }

  /// out = LN(hidden), eps 1e-5.
  func norm(_ part: ConformerBlock.Affine, to out: FloatBuffer) {
    let width = width
    eachRow { row in
      sgk_layer_norm(
        self.hidden.base + row * width, part.weight.base, part.bias.base, out.base + row * width,
        width, 1e-5)
    }
  }

  /// hidden += gate * (result + bias).
  private func add(bias: UnsafePointer<Float>, gate: FloatBuffer) {
    let width = width
    nonisolated(unsafe) let bias = bias
    eachRow { row in
      sgk_add_gated(
        self.hidden.base + row * width, self.result.base + row * width, bias, gate.base, width)
    }
  }

  /// y = x weight^T, weight [outputs, inputs].
  private func multiply(
    _ x: FloatBuffer, _ inputs: Int, _ weight: FloatTensor, _ outputs: Int, to y: FloatBuffer
  ) {
    pool.gemm(
      transposeA: false, transposeB: true, m: frames, n: outputs, k: inputs, a: x.base,
      lda: inputs, b: weight.base, ldb: inputs, c: y.base, ldc: outputs)
  }

  private func eachRow(_ body: (Int) -> Void) {
    let block = 32
    let frames = frames
    withoutActuallyEscaping(body) { body in
      // Rows are written by one thread each, and nothing else is.
      nonisolated(unsafe) let body = body
      pool.run((frames + block - 1) / block) { task in
        for row in task * block..<min(frames, (task + 1) * block) { body(row) }
      }
    }
  }
}
