extension GGUFPlace {
  /// The tensors of a Flow file. The checkpoint keeps the projections of the blocks as [in, out]; the
  /// file has them as [out, in], and quantised with the rows padded to whole blocks.
  ///
  /// - Parameters:
  ///   - hidden: width of the network.
  ///   - inner: width of its feed-forward part.
  package static func flow(layers: Int, hidden: Int, inner: Int) -> [GGUFPlace] {
    var places = [
      GGUFPlace("flow.mask_embedding.weight", "mask_emb.weight"),
      GGUFPlace("flow.null_condition.weight", "zero_cond_embedding1"),
      GGUFPlace("flow.norm.counts", "normfeat.counts"),
      GGUFPlace("flow.norm.sum_x", "normfeat.sum_x"),
      GGUFPlace("flow.norm.sum_x2", "normfeat.sum_x2"),
    ]
    for (track, official) in [("vocal", "rvq_bestrq_emb"), ("bgm", "rvq_bestrq_bgm_emb")] {
      let from = "flow.rvq.\(track)."
      let to = "\(official).quantizers.0."
      places += [
        GGUFPlace(from + "codebook.weight", to + "codebook.weight"),
        GGUFPlace(from + "out_proj.weight", to + "out_proj", .folded(flat: true)),
        GGUFPlace(from + "out_proj.bias", to + "out_proj.bias"),
      ]
    }
    let estimator = "cfm_wrapper.estimator."
    places += [
      GGUFPlace("flow.position_embedding.weight", estimator + "wpe.weight"),
      GGUFPlace("flow.final_modulation.weight", estimator + "scale_shift_table"),
    ]
    for (name, official) in [
      ("time_embedding.linear_1", "adaln_single.emb.timestep_embedder.linear_1"),
      ("time_embedding.linear_2", "adaln_single.emb.timestep_embedder.linear_2"),
      ("time_modulation", "adaln_single.linear"), ("final_norm", "ln_f"), ("output", "proj_out"),
    ] {
      for kind in ["weight", "bias"] {
        places.append(GGUFPlace("flow.\(name).\(kind)", "\(estimator)\(official).\(kind)"))
      }
    }
    for layer in 0..<layers {
      let from = "flow.block.\(layer)."
      let to = "\(estimator)h.\(layer)."
      places.append(GGUFPlace(from + "modulation.weight", to + "scale_shift_table"))
      for (name, official) in [("norm_1", "ln_1"), ("norm_2", "ln_2")] {
        for kind in ["weight", "bias"] {
          places.append(GGUFPlace("\(from)\(name).\(kind)", "\(to)\(official).\(kind)"))
        }
      }
      for (name, official, inputs) in [
        ("attn.qkv", "attn.c_attn", hidden), ("attn.out", "attn.c_proj", hidden),
        ("ffn.in", "mlp.c_fc", hidden), ("ffn.out", "mlp.c_proj", inner),
      ] {
        places += [
          GGUFPlace(
            "\(from)\(name).weight", "\(to)\(official).weight", .transposed(inputs: inputs)),
          GGUFPlace("\(from)\(name).bias", "\(to)\(official).bias"),
        ]
      }
    }
    return places
  }
}
