import Neural

/// The weights of one block: `PREFIX.layers.N.` of the checkpoint. Matrices are [out, in].
struct TransformerLayer: Sendable {
  let inputNorm: FloatBuffer  // input_layernorm.weight [D]
  let query: WeightMatrix  // self_attn.q_proj.weight [D, D]
  let key: WeightMatrix  // self_attn.k_proj.weight [D, D]
  let value: WeightMatrix  // self_attn.v_proj.weight [D, D]
  let output: WeightMatrix  // self_attn.o_proj.weight [D, D]
  let postNorm: FloatBuffer  // post_attention_layernorm.weight [D]
  let gate: WeightMatrix  // mlp.gate_proj.weight [F, D]
  let up: WeightMatrix  // mlp.up_proj.weight [F, D]
  let down: WeightMatrix  // mlp.down_proj.weight [D, F]
}

extension TransformerLayer {
  /// Query, key and value matrices, if all are packed.
  var attentionInputs: [PackedMatrix]? {
    guard let query = query.packed, let key = key.packed, let value = value.packed else {
      return nil
    }
    return [query, key, value]
  }

  /// The matrices of the feed-forward block, if all are packed.
  var feedForward: (gate: PackedMatrix, up: PackedMatrix, down: PackedMatrix)? {
    guard let gate = gate.packed, let up = up.packed, let down = down.packed else { return nil }
    return (gate, up, down)
  }
}
