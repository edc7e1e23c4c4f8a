/// What the products of the codec's two networks are computed in.
public struct CodecPrecision: Sendable, Hashable {
  public var flow: Precision
  public var vae: Precision

  /// 16 bits for both: closer to the reference than its own half precision, and twice as fast as f32.
  public init(flow: Precision = .int16, vae: Precision = .int16) {
    self.flow = flow
    self.vae = vae
  }

  /// `int16` for both, or `flow=int8,vae=int16`; a part that is not named keeps its default.
  public init?(_ text: String) {
    self.init()
    if let both = Precision(rawValue: text) {
      self.init(flow: both, vae: both)
      return
    }
    var seen: Set<Substring> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, let value = Precision(rawValue: String(sides[1])),
        seen.insert(sides[0]).inserted
      else { return nil }
      switch sides[0] {
      case "flow": flow = value
      case "vae": vae = value
      default: return nil
      }
    }
  }

  /// As ``init(_:)`` takes it.
  public var text: String {
    flow == vae ? flow.rawValue : "flow=\(flow.rawValue),vae=\(vae.rawValue)"
  }
}
