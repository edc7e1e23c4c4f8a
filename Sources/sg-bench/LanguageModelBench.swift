import LeLM
import Neural
import Weights

/// Official dimensions of the language model.
enum LanguageModelSize: String, CaseIterable {
  case base
  case large

  var config: LeLMConfig {
    LeLMConfig.official(large: self == .large)
  }
}

/// Random weights of a LeLM model, without the text tables' bulk: a request reads some hundred rows.
func randomLanguageModel(_ config: LeLMConfig) throws -> LanguageModel {
  let (d, f, c) = (config.main.width, config.main.feedForward, config.codeSize)
  var tensors = RandomTensors()
  let conditioner = "condition_provider.conditioners."
  tensors.add(conditioner + "description.output_proj.weight", 16, d)
  tensors.add(conditioner + "description.structure_emb.weight", 200, d)
  tensors.add(conditioner + "type_info.output_proj.weight", 16, d)
  tensors.add(conditioner + "prompt_audio.EOT_emb", 1, d)
  tensors.add(conditioner + "prompt_audio.layer2_EOT_emb", 1, d)
  for row in 0..<3 { tensors.add(conditioner + "prompt_audio.emb.\(row).weight", c + 2, d) }
  for name in ["emb.0", "layer2_emb.1", "layer2_emb.2"] { tensors.add(name + ".weight", c + 2, d) }
  for (name, shape) in [("transformer", config.main), ("transformer2", config.sub)] {
    for layer in 0..<shape.layers {
      let base = "\(name).model.layers.\(layer)."
      for part in ["q", "k", "v", "o"] { tensors.add(base + "self_attn.\(part)_proj.weight", d, d) }
      for part in ["gate", "up"] { tensors.add(base + "mlp.\(part)_proj.weight", f, d) }
      tensors.add(base + "mlp.down_proj.weight", d, f)
      tensors.add(base + "input_layernorm.weight", d)
      tensors.add(base + "post_attention_layernorm.weight", d)
    }
    tensors.add("\(name).model.norm.weight", d)
  }
  tensors.add("mlp.0.weight", d, 2 * d)
  tensors.add("mlp.0.bias", d)
  tensors.add("mlp.2.weight", d, d)
  tensors.add("mlp.2.bias", d)
  for name in ["transformer.lm_head", "linears.0", "linears.1"] {
    tensors.add(name + ".weight", c + 1, d)
  }
  return try LanguageModel(tensors.file(named: "random LM"), config: config)
}

/// Seconds per LM step: both transformers and all heads, both guidance rows, after `past` positions.
func languageModelBench(
  _ config: LeLMConfig, past: Int, runs: Int, pool: ThreadPool
) throws -> Timing {
  let model = try randomLanguageModel(config)
  let decoder = TrackDecoder(model, columns: past + runs + 1, pool: pool)
  decoder.assumePast(past)
  return Timing(runs: runs) {
    let mixed = decoder.advanceMixed(prefix: nil, columns: [5])
    let dual = decoder.advanceDual(prefix: nil, columns: [[6], [7]], mixed: mixed)
    _ = decoder.logits(codebook: 0, of: mixed, position: 0)
    for codebook in 1...2 { _ = decoder.logits(codebook: codebook, of: dual, position: 0) }
  }
}
