extension GGUFPlace {
  /// The tensors of a LeLM file: a rename of each, nothing else. Six official tensors that no tool
  /// reads have no place here: `layer2_emb.0`, both `embed_tokens`, `transformer2.lm_head`, `out_norm`.
  package static func languageModel(mainLayers: Int, detailLayers: Int) -> [GGUFPlace] {
    let prefix = "audiolm."
    let conditioners = prefix + "condition_provider.conditioners."
    var places = [
      GGUFPlace("token_embd.mixed", prefix + "emb.0.weight"),
      GGUFPlace("token_embd.vocal", prefix + "layer2_emb.1.weight"),
      GGUFPlace("token_embd.bgm", prefix + "layer2_emb.2.weight"),
      GGUFPlace("output.mixed", prefix + "transformer.lm_head.weight"),
      GGUFPlace("output.vocal", prefix + "linears.0.weight"),
      GGUFPlace("output.bgm", prefix + "linears.1.weight"),
      GGUFPlace("cond.lyrics.weight", conditioners + "description.output_proj.weight"),
      GGUFPlace("cond.structure.weight", conditioners + "description.structure_emb.weight"),
      GGUFPlace("cond.style.weight", conditioners + "type_info.output_proj.weight"),
      GGUFPlace("cond.prompt_eot.mixed", conditioners + "prompt_audio.EOT_emb"),
      GGUFPlace("cond.prompt_eot.detail", conditioners + "prompt_audio.layer2_EOT_emb"),
    ]
    for (index, row) in ["mixed", "vocal", "bgm"].enumerated() {
      places.append(
        GGUFPlace(
          "cond.prompt_embd.\(row).weight", conditioners + "prompt_audio.emb.\(index).weight"))
    }
    for layer in [0, 2] {
      for kind in ["weight", "bias"] {
        places.append(GGUFPlace("bridge.\(layer).\(kind)", "\(prefix)mlp.\(layer).\(kind)"))
      }
    }
    for (tower, official, layers) in [
      ("main", "transformer", mainLayers), ("detail", "transformer2", detailLayers),
    ] {
      places.append(GGUFPlace("\(tower).output_norm", "\(prefix)\(official).model.norm.weight"))
      for layer in 0..<layers {
        let from = "\(tower).blk.\(layer)."
        let to = "\(prefix)\(official).model.layers.\(layer)."
        for (name, official) in blocks { places.append(GGUFPlace(from + name, to + official)) }
      }
    }
    return places
  }

  private static let blocks = [
    ("attn_norm.weight", "input_layernorm.weight"),
    ("attn_q.weight", "self_attn.q_proj.weight"),
    ("attn_k.weight", "self_attn.k_proj.weight"),
    ("attn_v.weight", "self_attn.v_proj.weight"),
    ("attn_output.weight", "self_attn.o_proj.weight"),
    ("ffn_norm", "post_attention_layernorm.weight"),
    ("ffn_gate.weight", "mlp.gate_proj.weight"),
    ("ffn_up.weight", "mlp.up_proj.weight"),
    ("ffn_down.weight", "mlp.down_proj.weight"),
  ]
}
