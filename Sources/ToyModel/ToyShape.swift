/// The numbers of the toy.
public struct ToyShape: Sendable, Hashable {
  /// Width of the hidden state.
  public var width = 160
  /// Attention heads; 32 wide, a whole number of vectors.
  public var heads = 5
  /// Width inside the feed-forward blocks.
  public var feedForward = 448
  /// Blocks of T1 and of T2.
  public var layers = 5
  public var subLayers = 2
  /// Codes of each row.
  public var codes = 2048
  /// Columns by which the dual-track rows lag. The official models take 5; one is enough for a model
  /// that has no time to learn what to do with the others.
  public var delay = 1
  /// The longest song in seconds.
  public var seconds = 40
  /// Positions of lyrics and description in the prefix, and seconds of a prompt.
  public var lyrics = 200
  public var style = 20
  public var promptSeconds = 1
  /// Blocks of the flow.
  public var flowHeads = 4
  /// What the vocal counts more in the mixed row than the accompaniment.
  public var vocalGain = 6.0

  public init() {}
}
