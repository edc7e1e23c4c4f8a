import Diagnostics
import Neural
import Weights

/// The weights of one conformer block (`layers.N.…`); linear layers are stored [out, in].
struct ConformerBlock: Sendable {
  struct Affine: Sendable {
    let weight: FloatTensor
    let bias: FloatTensor
  }

  /// `ffn1` and `ffn2`: [inner, dim], [dim, inner].
  struct FeedForward: Sendable {
    let norm: Affine
    let expansion: Affine
    let contraction: Affine
  }

  let feedForward1: FeedForward
  let attentionNorm: Affine
  /// [dim, dim] each.
  let query: Affine
  let key: Affine
  let value: Affine
  let output: Affine
  let convolutionNorm: Affine
  /// `pointwise_conv1` [2 dim, dim], `pointwise_conv2` [dim, dim]; no bias.
  let gated: FloatTensor
  let pointwise: FloatTensor
  /// `depthwise_conv` with the batch norm behind it: [taps, dim], and its bias [dim].
  let depthwise: FloatBuffer
  let depthwiseBias: FloatBuffer
  let feedForward2: FeedForward
  let finalNorm: Affine

  init(_ source: any TensorSource, _ key: String, _ shape: ConformerShape) throws(WeightsFailure) {
    let width = shape.width
    func affine(_ name: String, _ sizes: [Int]) throws(WeightsFailure) -> Affine {
      Affine(
        weight: try source.tensor("\(key).\(name).weight", shape: sizes),
        bias: try source.tensor("\(key).\(name).bias", shape: [sizes[0]]))
    }
    func feedForward(_ name: String) throws(WeightsFailure) -> FeedForward {
      FeedForward(
        norm: try affine("\(name)_layer_norm", [width]),
        expansion: try affine("\(name).intermediate_dense", [shape.inner, width]),
        contraction: try affine("\(name).output_dense", [width, shape.inner]))
    }
    feedForward1 = try feedForward("ffn1")
    attentionNorm = try affine("self_attn_layer_norm", [width])
    query = try affine("self_attn.linear_q", [width, width])
    self.key = try affine("self_attn.linear_k", [width, width])
    value = try affine("self_attn.linear_v", [width, width])
    output = try affine("self_attn.linear_out", [width, width])
    convolutionNorm = try affine("conv_module.layer_norm", [width])
    gated = try source.tensor(
      key + ".conv_module.pointwise_conv1.weight", shape: [2 * width, width, 1])
    pointwise = try source.tensor(
      key + ".conv_module.pointwise_conv2.weight", shape: [width, width, 1])
    let taps = shape.taps
    let stored = try source.tensor(
      key + ".conv_module.depthwise_conv.weight", shape: [width, 1, taps])
    let norm = try FoldedNorm(source, key + ".conv_module.batch_norm", width: width)
    let weights = FloatBuffer(count: taps * width)
    for channel in 0..<width {
      for tap in 0..<taps {
        weights.base[tap * width + channel] =
          stored.base[channel * taps + tap] * norm.scale[channel]
      }
    }
    depthwise = weights
    depthwiseBias = norm.offset
    feedForward2 = try feedForward("ffn2")
    finalNorm = try affine("final_layer_norm", [width])
  }
}

/// The sizes of a conformer, read from the shapes of its tensors.
struct ConformerShape: Sendable, Hashable {
  let width: Int
  let inner: Int
  let heads: Int
  /// Taps of the depthwise convolution, odd.
  let taps: Int

  /// - Parameter prefix: `PREFIX.layers.0.…`, `PREFIX.embed_positions.inv_freq` [head width / 2],
  ///   without which heads are 64 wide.
  init(_ source: any TensorSource, _ prefix: String) throws(WeightsFailure) {
    let layer = prefix + ".layers.0."
    guard
      let expansion = source.shape(of: layer + "ffn1.intermediate_dense.weight"),
      expansion.count == 2,
      let depthwise = source.shape(of: layer + "conv_module.depthwise_conv.weight"),
      depthwise.count == 3
    else {
      throw WeightsFailure(
        .data, "\(printable(source.title)): lacks the encoder's '\(prefix).…'")
    }
    (inner, width, taps) = (expansion[0], expansion[1], depthwise[2])
    let angles = source.shape(of: prefix + ".embed_positions.inv_freq")?.first ?? 32
    guard (1...1 << 16).contains(inner), (1...1 << 14).contains(width), (1...255).contains(taps),
      taps % 2 == 1, angles > 0, angles <= width, width % (2 * angles) == 0
    else {
      throw WeightsFailure(
        .data, "\(printable(source.title)): the encoder's sizes do not fit together")
    }
    heads = width / (2 * angles)
  }
}
