public import Weights

extension Inventory {
  /// The tensors of HTDemucs, 533 with the official sizes; sizes are those of the file.
  ///
  /// - Throws: `data` when a tensor that tells a size is missing.
  public static func separator(_ source: any TensorSource) throws(WeightsFailure) -> Inventory {
    var inventory = Inventory(.separator)
    let sizes = ShapeReader(source: source)
    let depth = sizes.count("encoder.", [".conv.weight"])
    for (branch, tail) in [("", [1]), ("t", [])] {
      for level in 0..<depth {
        let name = "\(branch)encoder.\(level)"
        let inputs = try sizes.size(name + ".conv.weight", 1)
        let width = try sizes.size(name + ".conv.weight", 0)
        let kernel = try sizes.size(name + ".conv.weight", 2)
        inventory.affine(name + ".conv", [width, inputs, kernel] + tail, bias: width)
        inventory.affine(name + ".rewrite", [2 * width, width, 1] + tail, bias: 2 * width)
        try inventory.residualBranches(name, width, sizes)
      }
      for level in 0..<depth {
        let name = "\(branch)decoder.\(level)"
        let width = try sizes.size(name + ".conv_tr.weight", 0)
        let outputs = try sizes.size(name + ".conv_tr.weight", 1)
        let kernel = try sizes.size(name + ".conv_tr.weight", 2)
        inventory.affine(name + ".conv_tr", [width, outputs, kernel] + tail, bias: outputs)
        inventory.affine(
          name + ".rewrite", [2 * width, width, 3] + tail.map { _ in 3 }, bias: 2 * width)
        try inventory.residualBranches(name, width, sizes)
      }
    }
    inventory.add(
      "freq_emb.embedding.weight",
      [
        try sizes.size("freq_emb.embedding.weight", 0),
        try sizes.size("freq_emb.embedding.weight", 1),
      ], .reference)
    let narrow = try sizes.size("channel_upsampler.weight", 1)
    let width = try sizes.size("channel_upsampler.weight", 0)
    for side in ["", "_t"] {
      inventory.affine("channel_upsampler" + side, [width, narrow, 1], bias: width)
      inventory.affine("channel_downsampler" + side, [narrow, width, 1], bias: narrow)
      inventory.affine("crosstransformer.norm_in" + side, [width], bias: width)
      let layers = sizes.count("crosstransformer.layers\(side).", [".linear1.weight"])
      for layer in 0..<layers {
        let name = "crosstransformer.layers\(side).\(layer)."
        let inner = try sizes.size(name + "linear1.weight", 0)
        let isCross = layer % 2 == 1
        let attention = name + (isCross ? "cross_attn." : "self_attn.")
        inventory.add(attention + "in_proj_weight", [3 * width, width], .reference)
        inventory.add(attention + "in_proj_bias", [3 * width], .reference)
        inventory.affine(attention + "out_proj", [width, width], bias: width)
        inventory.affine(name + "linear1", [inner, width], bias: inner)
        inventory.affine(name + "linear2", [width, inner], bias: width)
        for norm in ["norm1", "norm2", "norm_out"] + (isCross ? ["norm3"] : []) {
          inventory.affine(name + norm, [width], bias: width)
        }
        inventory.add(name + "gamma_1.scale", [width], .reference)
        inventory.add(name + "gamma_2.scale", [width], .reference)
      }
    }
    return inventory
  }

  private mutating func affine(_ name: String, _ shape: [Int], bias: Int) {
    add(name + ".weight", shape, .reference)
    add(name + ".bias", [bias], .reference)
  }

  /// The two dilated branches (DConv) of a layer.
  private mutating func residualBranches(
    _ name: String, _ width: Int, _ sizes: ShapeReader
  ) throws(WeightsFailure) {
    for branch in 0..<2 {
      let base = "\(name).dconv.layers.\(branch)."
      let hidden = try sizes.size(base + "0.weight", 0)
      affine(base + "0", [hidden, width, 3], bias: hidden)
      affine(base + "1", [hidden], bias: hidden)
      affine(base + "3", [2 * width, hidden, 1], bias: 2 * width)
      affine(base + "4", [2 * width], bias: 2 * width)
      add(base + "6.scale", [width], .reference)
    }
  }
}
