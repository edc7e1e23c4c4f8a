import Weights

extension Inventory {
  /// The encoder of reference audio (MusicFM, `bestrq.model.`), as far as tokens are made from it:
  /// filters, two convolution blocks, and the Conformer layers below the one that is read.
  ///
  /// A file without any of it gets none of it; whether a partial one will do is told by the check.
  mutating func addMusicFM(_ source: any TensorSource) {
    let prefix = "bestrq.model."
    guard let linear = source.shape(of: prefix + "conv.linear.weight"), linear.count == 2,
      let inner = source.shape(of: prefix + "conformer.layers.0.ffn1.intermediate_dense.weight")?
        .first,
      let channels = source.shape(of: prefix + "conv.conv.0.conv1.weight")?.first,
      let kernel = source.shape(
        of: prefix + "conformer.layers.0.conv_module.depthwise_conv.weight")?
        .last,
      let filters = source.shape(of: prefix + "preprocessor_melspec_2048.mel_stft.mel_scale.fb"),
      filters.count == 2
    else {
      self.add(prefix + "conv.linear.weight", [1024, 16384], .reference)
      return
    }
    let width = linear[0]
    func add(_ name: String, _ shape: [Int], _ inventory: inout Inventory) {
      inventory.add(prefix + name, shape, .reference)
    }
    func both(_ name: String, _ size: Int, _ inventory: inout Inventory) {
      add(name + ".weight", [size], &inventory)
      add(name + ".bias", [size], &inventory)
    }
    func batchNorm(_ name: String, _ size: Int, _ inventory: inout Inventory) {
      both(name, size, &inventory)
      add(name + ".running_mean", [size], &inventory)
      add(name + ".running_var", [size], &inventory)
    }
    add("preprocessor_melspec_2048.mel_stft.mel_scale.fb", filters, &self)
    add("preprocessor_melspec_2048.mel_stft.spectrogram.window", [2 * (filters[0] - 1)], &self)
    for block in 0..<2 {
      for part in 1...3 {
        let inputs = block == 0 && part != 2 ? 1 : channels
        let base = "conv.conv.\(block)."
        add(base + "conv\(part).weight", [channels, inputs, 3, 3], &self)
        add(base + "conv\(part).bias", [channels], &self)
        batchNorm(base + "bn\(part)", channels, &self)
      }
    }
    add("conv.linear.weight", linear, &self)
    add("conv.linear.bias", [width], &self)
    if let frequencies = source.shape(of: prefix + "conformer.embed_positions.inv_freq") {
      add("conformer.embed_positions.inv_freq", frequencies, &self)
    }
    // Hidden state 6 is read for the mixed row, 7 for the vocal row, 3 for the accompaniment.
    for layer in 0..<(role == .codec ? 7 : 6) {
      let base = "conformer.layers.\(layer)."
      for part in ["ffn1", "ffn2"] {
        both(base + part + "_layer_norm", width, &self)
        add(base + part + ".intermediate_dense.weight", [inner, width], &self)
        add(base + part + ".intermediate_dense.bias", [inner], &self)
        add(base + part + ".output_dense.weight", [width, inner], &self)
        add(base + part + ".output_dense.bias", [width], &self)
      }
      both(base + "self_attn_layer_norm", width, &self)
      for part in ["q", "k", "v", "out"] {
        add(base + "self_attn.linear_\(part).weight", [width, width], &self)
        add(base + "self_attn.linear_\(part).bias", [width], &self)
      }
      both(base + "conv_module.layer_norm", width, &self)
      add(base + "conv_module.pointwise_conv1.weight", [2 * width, width, 1], &self)
      add(base + "conv_module.depthwise_conv.weight", [width, 1, kernel], &self)
      batchNorm(base + "conv_module.batch_norm", width, &self)
      add(base + "conv_module.pointwise_conv2.weight", [width, width, 1], &self)
      both(base + "final_layer_norm", width, &self)
    }
    if let resampler = source.shape(of: "rsq48tobestrq.kernel") {
      self.add("rsq48tobestrq.kernel", resampler, .reference)
    }
  }
}
