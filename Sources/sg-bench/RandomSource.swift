import Neural
import Weights

/// Small random tensors of whatever shape is asked for, under the names of the official codec.
struct RandomSource: TensorSource {
  /// The shapes that a network reads its sizes from.
  let shapes: [String: [Int]]

  var title: String { "random weights" }

  func shape(of name: String) -> [Int]? { shapes[name] }

  func tensor(_ name: String, shape: [Int]) throws(WeightsFailure) -> FloatTensor {
    let buffer = FloatBuffer(count: shape.reduce(1, *))
    let seed = name.utf8.reduce(UInt64(1)) { $0 &* 31 &+ UInt64($1) }
    var state = seed | 1
    // Norms near 1, everything else small, so that activations stay in range.
    let isScale =
      name.hasSuffix("ln_1.weight") || name.hasSuffix("ln_2.weight")
      || name.hasSuffix("ln_f.weight") || name.hasSuffix("weight_g")
      || name.hasSuffix("norm.weight") || name.hasSuffix("running_var")
    for index in 0..<buffer.count {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      buffer.base[index] = Float(Int64(bitPattern: state) >> 40) * 0x1p-29 + (isScale ? 0.7 : 0)
    }
    return FloatTensor(buffer)
  }

  /// The official encoder, with the quantisers of the two-track file.
  static var officialEncoder: RandomSource {
    let prefix = "bestrq.model."
    let layer = prefix + "conformer.layers.0."
    var shapes: [String: [Int]] = [
      prefix + "conv.conv.0.conv1.weight": [512, 1, 3, 3],
      prefix + "conv.linear.weight": [1024, 16384],
      layer + "ffn1.intermediate_dense.weight": [4096, 1024],
      layer + "conv_module.depthwise_conv.weight": [1024, 1, 31],
    ]
    for name in ["rvq_bestrq_emb", "rvq_bestrq_bgm_emb"] {
      shapes["\(name).quantizers.0.codebook.weight"] = [16384, 32]
      shapes["\(name).quantizers.0.out_proj.weight_v"] = [1024, 32, 1]
    }
    return RandomSource(shapes: shapes)
  }

  /// The official two-track flow network.
  static var officialFlow: RandomSource {
    let estimator = "cfm_wrapper.estimator."
    var shapes: [String: [Int]] = [
      estimator + "ln_f.weight": [2200], estimator + "wpe.weight": [1000, 2200],
      estimator + "h.0.mlp.c_fc.weight": [2200, 4400], "mask_emb.weight": [3, 24],
      "normfeat.sum_x": [64],
      estimator + "adaln_single.emb.timestep_embedder.linear_1.weight": [2200, 512],
      "rvq_bestrq_emb.quantizers.0.out_proj.weight_g": [1024, 1, 1],
    ]
    for track in ["rvq_bestrq_emb", "rvq_bestrq_bgm_emb"] {
      shapes["\(track).quantizers.0.codebook.weight"] = [16384, 32]
      shapes["\(track).quantizers.0.out_proj.weight_v"] = [1024, 32, 1]
    }
    for layer in 0..<16 { shapes["\(estimator)h.\(layer).ln_1.weight"] = [2200] }
    return RandomSource(shapes: shapes)
  }
}
