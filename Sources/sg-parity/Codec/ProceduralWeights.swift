import Diagnostics
import Neural
import Weights

/// Weights made by formula, at the official widths: no file is needed to check those.
///
/// Value i of a tensor is a hash of i and of the tensor's name, between -1 and 1, times a scale, plus an
/// offset; both by the kind of tensor.
struct ProceduralWeights: TensorSource {
  /// Shapes of the tensors.
  let shapes: [String: [Int]]
  private let scale: @Sendable (String) -> (scale: Float, offset: Float)
  let title = "procedural weights"

  func shape(of name: String) -> [Int]? { shapes[name] }

  func tensor(_ name: String, shape: [Int]) throws(WeightsFailure) -> FloatTensor {
    guard shapes[name] == shape else {
      throw WeightsFailure(.data, "no procedural tensor '\(name)' of shape \(shape)")
    }
    if name.hasPrefix("normfeat.") { return FloatTensor(FloatBuffer(Self.statistics(name))) }
    let (scale, offset) = scale(name)
    return FloatTensor(
      FloatBuffer(Self.values(name, shape.reduce(1, *), scale: scale, offset: offset)))
  }

  /// Uniform numbers in [0, 1) with 24 bits.
  static func uniforms(_ key: String, _ count: Int) -> [Float] {
    var seed: UInt32 = 0x811C_9DC5
    for byte in key.utf8 { seed = (seed ^ UInt32(byte)) &* 0x0100_0193 }
    return (0..<count).map { index in
      var h = UInt32(truncatingIfNeeded: index) &* 0x9E37_79B9 &+ seed
      h ^= h >> 16
      h = h &* 0x85EB_CA6B
      h ^= h >> 13
      h = h &* 0xC2B2_AE35
      h ^= h >> 16
      return Float(h >> 8) / 16_777_216
    }
  }

  static func values(_ key: String, _ count: Int, scale: Float, offset: Float = 0) -> [Float] {
    uniforms(key, count).map { ($0 * 2 - 1) * scale + offset }
  }

  private static func statistics(_ name: String) -> [Float] {
    let mean = values("proc.mean", 64, scale: 0.5)
    let deviation = values("proc.std", 64, scale: 0.5, offset: 1)
    switch name {
    case "normfeat.counts": return [131_072]
    case "normfeat.sum_x": return mean.map { $0 * 131_072 }
    default: return zip(mean, deviation).map { ($1 * $1 + $0 * $0) * 131_072 }
    }
  }

  /// The flow network of the official widths with `layers` layers, and both quantisers.
  static func flow(layers: Int) -> ProceduralWeights {
    let width = 2200
    var shapes: [String: [Int]] = [
      "mask_emb.weight": [3, 24], "zero_cond_embedding1": [1024], "normfeat.counts": [1],
      "normfeat.sum_x": [64], "normfeat.sum_x2": [64],
    ]
    for name in ["rvq_bestrq_emb", "rvq_bestrq_bgm_emb"] {
      shapes["\(name).quantizers.0.codebook.weight"] = [16384, 32]
      shapes["\(name).quantizers.0.out_proj.weight_g"] = [1024, 1, 1]
      shapes["\(name).quantizers.0.out_proj.weight_v"] = [1024, 32, 1]
      shapes["\(name).quantizers.0.out_proj.bias"] = [1024]
    }
    var inside: [String: [Int]] = [
      "wpe.weight": [1000, width], "ln_f.weight": [width], "ln_f.bias": [width],
      "scale_shift_table": [2, width], "proj_out.weight": [width, width], "proj_out.bias": [width],
      "adaln_single.emb.timestep_embedder.linear_1.weight": [width, 512],
      "adaln_single.emb.timestep_embedder.linear_1.bias": [width],
      "adaln_single.emb.timestep_embedder.linear_2.weight": [width, width],
      "adaln_single.emb.timestep_embedder.linear_2.bias": [width],
      "adaln_single.linear.weight": [6 * width, width], "adaln_single.linear.bias": [6 * width],
    ]
    for layer in 0..<layers {
      let block: [String: [Int]] = [
        "ln_1.weight": [width], "ln_1.bias": [width], "ln_2.weight": [width], "ln_2.bias": [width],
        "attn.c_attn.weight": [width, 3 * width], "attn.c_attn.bias": [3 * width],
        "attn.c_proj.weight": [width, width], "attn.c_proj.bias": [width],
        "mlp.c_fc.weight": [width, 2 * width], "mlp.c_fc.bias": [2 * width],
        "mlp.c_proj.weight": [2 * width, width], "mlp.c_proj.bias": [width],
        "scale_shift_table": [6, width],
      ]
      for (name, shape) in block { inside["h.\(layer).\(name)"] = shape }
    }
    for (name, shape) in inside { shapes["cfm_wrapper.estimator.\(name)"] = shape }
    return ProceduralWeights(shapes: shapes) { name in
      if ["ln_1.weight", "ln_2.weight", "ln_f.weight"].contains(where: name.hasSuffix) {
        return (0.25, 1)
      }
      if name.hasSuffix("weight_g") { return (0.25, 0.75) }
      if name.hasSuffix("weight_v") { return (1, 0) }
      if name.hasSuffix(".bias") { return (0.125, 0) }
      if name.contains("scale_shift_table") || name.hasSuffix("wpe.weight") { return (0.5, 0) }
      if name.hasSuffix("c_attn.weight") { return (0.0625, 0) }
      if ["codebook.weight", "mask_emb.weight", "zero_cond_embedding1"]
        .contains(where: name.hasSuffix)
      {
        return (1, 0)
      }
      return (0.03125, 0)
    }
  }

  /// Both directions of the autoencoder of the official widths.
  static func autoencoder() -> ProceduralWeights {
    let widths = [128, 128, 256, 512, 1024, 2048]
    let strides = [2, 4, 4, 6, 10]
    var shapes: [String: [Int]] = [:]
    func snake(_ key: String, _ channels: Int) {
      shapes[key + ".alpha"] = [channels]
      shapes[key + ".beta"] = [channels]
    }
    func convolution(_ key: String, _ shape: [Int], bias: Int?) {
      shapes[key + ".weight_v"] = shape
      shapes[key + ".weight_g"] = [shape[0], 1, 1]
      if let bias { shapes[key + ".bias"] = [bias] }
    }
    func unit(_ key: String, _ channels: Int) {
      snake(key + ".layers.0", channels)
      convolution(key + ".layers.1", [channels, channels, 7], bias: channels)
      snake(key + ".layers.2", channels)
      convolution(key + ".layers.3", [channels, channels, 1], bias: channels)
    }
    convolution("decoder.layers.0", [2048, 64, 7], bias: 2048)
    convolution("encoder.layers.0", [128, 2, 7], bias: 128)
    for block in 1...5 {
      let (outer, inner) = (widths[6 - block], widths[5 - block])
      let key = "decoder.layers.\(block).layers"
      snake(key + ".0", outer)
      convolution(key + ".1", [outer, inner, 2 * strides[5 - block]], bias: inner)
      for layer in 2...4 { unit("\(key).\(layer)", inner) }
      let own = "encoder.layers.\(block).layers"
      for layer in 0...2 { unit("\(own).\(layer)", widths[block - 1]) }
      snake(own + ".3", widths[block - 1])
      convolution(
        own + ".4", [widths[block], widths[block - 1], 2 * strides[block - 1]], bias: widths[block])
    }
    snake("decoder.layers.6", 128)
    convolution("decoder.layers.7", [2, 128, 7], bias: nil)
    snake("encoder.layers.6", 2048)
    convolution("encoder.layers.7", [128, 2048, 3], bias: 128)
    return ProceduralWeights(shapes: shapes) { name in
      if name.hasSuffix(".alpha") || name.hasSuffix(".beta") { return (0.5, 0) }
      if name.hasSuffix("weight_v") { return (1, 0) }
      if name.hasSuffix(".bias") { return (0.0625, 0) }
      if name.hasPrefix("decoder."), name.hasSuffix(".layers.1.weight_g"),
        name.split(separator: ".").count == 6
      {
        return (0.25, 1)
      }
      return (0.125, 0.5)
    }
  }
}
