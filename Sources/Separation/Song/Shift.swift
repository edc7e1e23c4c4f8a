import Neural

/// Where the segments of a song begin. The network's answer depends on it a little; the reference draws
/// it anew every time.
public enum Shift: Sendable, Hashable {
  /// With the song.
  case none
  /// As the reference would have drawn it: 0 to 22050.
  case fixed(Int)
  /// Drawn.
  case seed(UInt64)

  /// The stream of random numbers that shifts are drawn from.
  private static let stream: UInt64 = 0x5348_4946_54

  /// The shift in frames; `nil` for none.
  public var frames: Int? {
    switch self {
    case .none: nil
    case .fixed(let frames): frames
    case .seed(let seed):
      Int(
        Philox(seed: seed, stream: Self.stream).uniform(at: 0)
          * Double(SegmentPlan.longestShift + 1))
    }
  }
}
