import Diagnostics
public import Weights

/// The sizes of a flow network, read from the shapes of its tensors.
public struct FlowShape: Sendable, Hashable {
  /// Width of the hidden state.
  public var width: Int
  public var layers: Int
  /// Attention heads; the one size that no tensor shows.
  public var heads: Int
  /// Width of the feed-forward part.
  public var inner: Int
  /// Most frames of a window.
  public var positions: Int
  /// Width of the mask embedding, of a latent, of a track's condition, of the time features.
  public var mask: Int
  public var latent: Int
  public var condition: Int
  public var time: Int
  /// Condition tracks: 2 (vocal, accompaniment), or 1.
  public var tracks: Int

  /// Where the network's tensors are.
  static let prefix = "cfm_wrapper.estimator."

  /// Heads of the official network, whose width is 2200.
  static let official = (width: 2200, heads: 20)

  /// - Parameter heads: `nil` for the official network.
  /// - Throws: `data` when the sizes do not fit together; `configuration` when `heads` is needed.
  public init(_ source: any TensorSource, heads: Int?) throws(WeightsFailure) {
    let title = printable(source.title)
    func size(_ name: String, _ axis: Int) throws(WeightsFailure) -> Int {
      guard let shape = source.shape(of: name), axis < shape.count, shape[axis] > 0,
        shape[axis] <= 1 << 20
      else { throw WeightsFailure(.data, "\(title): lacks tensor '\(name)', or it is empty") }
      return shape[axis]
    }
    let prefix = Self.prefix
    width = try size(prefix + "ln_f.weight", 0)
    positions = try size(prefix + "wpe.weight", 0)
    // A packed matrix does not show its columns; its bias does.
    let expansion = prefix + "h.0.mlp.c_fc."
    inner =
      source.shape(of: expansion + "weight") == nil
      ? try size(expansion + "bias", 0) : try size(expansion + "weight", 1)
    mask = try size("mask_emb.weight", 1)
    latent = try size("normfeat.sum_x", 0)
    time = try size(prefix + "adaln_single.emb.timestep_embedder.linear_1.weight", 1)
    condition = try size("rvq_bestrq_emb.quantizers.0.out_proj.weight_g", 0)
    tracks =
      source.shape(of: "rvq_bestrq_bgm_emb.quantizers.0.codebook.weight") == nil ? 1 : 2
    // A layer that lacks something, or is missing between others, counts: its tensors are asked for.
    let parts = ["ln_1.weight", "ln_2.weight", "attn.c_attn.weight", "mlp.c_fc.weight"]
    layers =
      1
      + ((0..<1024).last { index in
        parts.contains { source.shape(of: "\(prefix)h.\(index).\($0)") != nil }
      } ?? -1)
    guard let heads = heads ?? (width == Self.official.width ? Self.official.heads : nil) else {
      throw WeightsFailure(
        .configuration,
        "\(title): a flow network of width \(width) needs \"flow\": {\"heads\": N} in sg-model.json"
      )
    }
    self.heads = heads
    guard heads > 0, width % heads == 0, width / heads % 2 == 0 else {
      throw WeightsFailure(
        .configuration, "\(title): \(heads) heads do not divide the width \(width) into even parts")
    }
    guard width == mask + 2 * latent + tracks * condition, time % 2 == 0 else {
      throw WeightsFailure(.data, "\(title): the widths of the flow network do not add up")
    }
  }
}
