public import LeLM
import Weights

extension Inventory {
  /// The tensors of a language model (`model.pt`): 386 with 28 + 12 layers.
  ///
  /// - Parameters:
  ///   - lyricsRows: ids of the lyrics tokenizer, 151659 with the official one.
  ///   - styleRows: ids of the style tokenizer, 151646 in v1, 151652 in v2.
  ///   - structureRows: kinds of sections and none; the official table has 200 rows, 14 of them used.
  public static func languageModel(
    _ config: LeLMConfig, lyricsRows: Int, styleRows: Int, structureRows: Int = 14
  ) -> Inventory {
    var inventory = Inventory(.lm)
    let width = config.main.width
    let (inputs, outputs) = (config.codeSize + 2, config.codeSize + 1)
    func add(_ name: String, _ shape: [Int], _ use: Use = .song, toleratesRows: Bool = false) {
      inventory.add("audiolm." + name, shape, use, toleratesRows: toleratesRows)
    }
    let conditions = "condition_provider.conditioners."
    add(conditions + "prompt_audio.EOT_emb", [1, width])
    add(conditions + "prompt_audio.layer2_EOT_emb", [1, width])
    for row in 0..<3 { add(conditions + "prompt_audio.emb.\(row).weight", [inputs, width]) }
    add(conditions + "description.output_proj.weight", [lyricsRows, width], toleratesRows: true)
    add(
      conditions + "description.structure_emb.weight", [structureRows, width], toleratesRows: true)
    add(conditions + "type_info.output_proj.weight", [styleRows, width], toleratesRows: true)
    add("emb.0.weight", [inputs, width])
    for (name, shape) in [("transformer", config.main), ("transformer2", config.sub)] {
      add(
        name + ".model.embed_tokens.weight", [outputs, width],
        .unused("a table of the base class that no input goes through"))
      for layer in 0..<shape.layers {
        let base = "\(name).model.layers.\(layer)."
        for part in ["q", "k", "v", "o"] {
          add(base + "self_attn.\(part)_proj.weight", [width, width])
        }
        add(base + "mlp.gate_proj.weight", [shape.feedForward, width])
        add(base + "mlp.up_proj.weight", [shape.feedForward, width])
        add(base + "mlp.down_proj.weight", [width, shape.feedForward])
        add(base + "input_layernorm.weight", [width])
        add(base + "post_attention_layernorm.weight", [width])
      }
      add(name + ".model.norm.weight", [width])
      add(
        name + ".lm_head.weight", [outputs, width],
        name == "transformer" ? .song : .unused("a head of the base class that nothing reads"))
    }
    add("mlp.0.weight", [width, 2 * width])
    add("mlp.0.bias", [width])
    add("mlp.2.weight", [width, width])
    add("mlp.2.bias", [width])
    for row in 0..<3 {
      add(
        "layer2_emb.\(row).weight", [inputs, width],
        row == 0 ? .unused("the second transformer never reads mixed tokens") : .song)
    }
    add("out_norm.weight", [width], .unused("a norm that the network does not go through"))
    add("out_norm.bias", [width], .unused("a norm that the network does not go through"))
    for row in 0..<2 { add("linears.\(row).weight", [outputs, width]) }
    return inventory
  }
}
