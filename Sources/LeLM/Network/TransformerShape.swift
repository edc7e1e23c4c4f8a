/// The dimensions of one of the two transformers.
public struct TransformerShape: Sendable, Hashable {
  /// Width of the hidden state, D.
  public var width: Int
  /// Width inside the feed-forward block, F.
  public var feedForward: Int
  /// Attention heads.
  public var heads: Int
  /// Blocks.
  public var layers: Int
  /// Base of the rotary frequencies.
  public var ropeTheta: Double

  package init(width: Int, feedForward: Int, heads: Int, layers: Int, ropeTheta: Double) {
    self.width = width
    self.feedForward = feedForward
    self.heads = heads
    self.layers = layers
    self.ropeTheta = ropeTheta
  }

  /// Width of one head.
  public var headWidth: Int { width / heads }
}
