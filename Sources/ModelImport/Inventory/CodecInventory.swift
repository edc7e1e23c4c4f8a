public import Weights

extension Inventory {
  /// The tensors of a codec file: the two-track one (`model_septoken`) with its flow network, or the
  /// one-track one (`model_1rvq`), of which only the encoder is used. Sizes are those of the file.
  ///
  /// - Throws: `data` when a tensor that tells a size is missing.
  public static func codec(
    _ source: any TensorSource, role: ModelRole
  ) throws(WeightsFailure) -> Inventory {
    var inventory = Inventory(role)
    let sizes = ShapeReader(source: source)
    let names = role == .codec ? ["rvq_bestrq_emb", "rvq_bestrq_bgm_emb"] : ["rvq_bestrq_emb"]
    let song: Use = role == .codec ? .song : .reference
    for name in names {
      let base = name + ".quantizers.0."
      let width = try sizes.size(base + "out_proj.weight_g", 0)
      let size = try sizes.size(base + "codebook.weight", 0)
      let narrow = try sizes.size(base + "codebook.weight", 1)
      inventory.add(base + "codebook.weight", [size, narrow], song)
      inventory.add(base + "out_proj.weight_g", [width, 1, 1], song)
      inventory.add(base + "out_proj.weight_v", [width, narrow, 1], song)
      inventory.add(base + "out_proj.bias", [width], song)
      inventory.add(base + "in_proj.weight_g", [narrow, 1, 1], .reference)
      inventory.add(base + "in_proj.weight_v", [narrow, width, 1], .reference)
      inventory.add(base + "in_proj.bias", [narrow], .reference)
      inventory.add(base + "stale_counter", [size], .unused("counts of the training"))
    }
    if role == .codec { try inventory.addFlow(sizes) }
    inventory.addMusicFM(source)
    inventory.unused += [
      ("hubert.", "another encoder, which no token comes from"),
      ("bestrq.", "a part of the encoder behind the layer that tokens are read from"),
      ("rsp48toclap.", "a resampler in front of an encoder that is not used"),
      ("rsq48tohubert.", "a resampler in front of an encoder that is not used"),
      ("rsq48towav2vec.", "a resampler in front of an encoder that is not used"),
      ("cfm_wrapper.mlp.", "a head of the training"),
      ("cfm_wrapper.estimator.wte.", "a table that no input goes through"),
      ("normfeat.sum_target_x2", "a statistic of the training"),
    ]
    if role == .codecMixed {
      inventory.unused += [
        ("cfm_wrapper.", "a decoder of mixed tokens, which are never decoded"),
        ("normfeat.", "statistics of that decoder"), ("mask_emb.", "an input of that decoder"),
        ("zero_cond_embedding1", "an input of that decoder"),
      ]
    }
    return inventory
  }

  /// The flow network, its statistics and its inputs.
  private mutating func addFlow(_ sizes: ShapeReader) throws(WeightsFailure) {
    let prefix = "cfm_wrapper.estimator."
    let width = try sizes.size(prefix + "ln_f.weight", 0)
    // A packed matrix does not show its columns; its bias does.
    let expansion = prefix + "h.0.mlp.c_fc."
    let inner =
      sizes.source.shape(of: expansion + "weight") == nil
      ? try sizes.size(expansion + "bias", 0) : try sizes.size(expansion + "weight", 1)
    let time = try sizes.size(prefix + "adaln_single.emb.timestep_embedder.linear_1.weight", 1)
    let latent = try sizes.size("normfeat.sum_x", 0)
    add("mask_emb.weight", [3, try sizes.size("mask_emb.weight", 1)])
    add(
      "zero_cond_embedding1", [try sizes.size("rvq_bestrq_emb.quantizers.0.out_proj.weight_g", 0)])
    add("normfeat.counts", [1])
    add("normfeat.sum_x", [latent])
    add("normfeat.sum_x2", [latent])
    add(prefix + "wpe.weight", [try sizes.size(prefix + "wpe.weight", 0), width])
    for (name, inputs, outputs) in [
      ("emb.timestep_embedder.linear_1", time, width),
      ("emb.timestep_embedder.linear_2", width, width), ("linear", width, 6 * width),
    ] {
      add(prefix + "adaln_single.\(name).weight", [outputs, inputs])
      add(prefix + "adaln_single.\(name).bias", [outputs])
    }
    let layers = sizes.count(
      prefix + "h.", [".ln_1.weight", ".ln_2.weight", ".attn.c_attn.weight", ".mlp.c_fc.weight"])
    for layer in 0..<layers {
      let base = prefix + "h.\(layer)."
      for norm in ["ln_1", "ln_2"] {
        add(base + norm + ".weight", [width])
        add(base + norm + ".bias", [width])
      }
      // These are stored [in, out].
      for (name, inputs, outputs) in [
        ("attn.c_attn", width, 3 * width), ("attn.c_proj", width, width),
        ("mlp.c_fc", width, inner), ("mlp.c_proj", inner, width),
      ] {
        add(base + name + ".weight", [inputs, outputs])
        add(base + name + ".bias", [outputs])
      }
      add(base + "scale_shift_table", [6, width])
    }
    add(prefix + "scale_shift_table", [2, width])
    add(prefix + "ln_f.weight", [width])
    add(prefix + "ln_f.bias", [width])
    add(prefix + "proj_out.weight", [width, width])
    add(prefix + "proj_out.bias", [width])
  }
}
