import Gradients
import LeLM

/// One of the two transformers, a Llama.
struct Stack {
  struct Block {
    let inputNorm: Parameter
    let query: Parameter
    let key: Parameter
    let value: Parameter
    let output: Parameter
    let postNorm: Parameter
    let gate: Parameter
    let up: Parameter
    let down: Parameter
  }

  let shape: TransformerShape
  let blocks: [Block]
  let finalNorm: Parameter
  let angles: RotaryAngles

  init(
    _ name: String, _ shape: TransformerShape, positions: Int,
    make: (_ name: String, _ shape: Int...) throws -> Parameter
  ) throws {
    let (width, wide) = (shape.width, shape.feedForward)
    self.shape = shape
    blocks = try (0..<shape.layers).map { index in
      let base = "\(name).model.layers.\(index)."
      return Block(
        inputNorm: try make(base + "input_layernorm.weight", width),
        query: try make(base + "self_attn.q_proj.weight", width, width),
        key: try make(base + "self_attn.k_proj.weight", width, width),
        value: try make(base + "self_attn.v_proj.weight", width, width),
        output: try make(base + "self_attn.o_proj.weight", width, width),
        postNorm: try make(base + "post_attention_layernorm.weight", width),
        gate: try make(base + "mlp.gate_proj.weight", wide, width),
        up: try make(base + "mlp.up_proj.weight", wide, width),
        down: try make(base + "mlp.down_proj.weight", width, wide))
    }
    finalNorm = try make("\(name).model.norm.weight", width)
    angles = RotaryAngles(width: shape.headWidth, theta: shape.ropeTheta, positions: positions)
  }

  /// The normed outputs for `x` [rows, D]; `onAttention` is shown the rotated queries and keys of each
  /// block.
  func forward(
    _ x: Variable, _ tape: Tape, sequences: [Range<Int>], positions: [Int32],
    onAttention: (_ block: Int, _ query: Variable, _ key: Variable) -> Void = { _, _, _ in }
  ) -> Variable {
    var x = x
    for (index, block) in blocks.enumerated() {
      let normed = tape.rmsNorm(x, block.inputNorm)
      let query = tape.rotated(tape.linear(normed, block.query), angles, positions: positions)
      let key = tape.rotated(tape.linear(normed, block.key), angles, positions: positions)
      onAttention(index, query, key)
      let attended = tape.attention(
        query: query, key: key, value: tape.linear(normed, block.value), heads: shape.heads,
        sequences: sequences, causal: true)
      x = tape.add(x, tape.linear(attended, block.output))
      let inner = tape.rmsNorm(x, block.postNorm)
      let product = tape.siluProduct(
        gate: tape.linear(inner, block.gate), up: tape.linear(inner, block.up))
      x = tape.add(x, tape.linear(product, block.down))
    }
    return tape.rmsNorm(x, finalNorm)
  }
}
