/// The part of a recording that is encoded.
public struct Excerpt: Sendable, Hashable {
  /// Seconds before it.
  public var start: Double
  /// Its length in seconds, nil up to the end of the recording.
  public var length: Double?

  /// What the reference takes: the first 10 s.
  public init(start: Double = 0, length: Double? = 10) {
    self.start = start
    self.length = length
  }

  /// It begins at a whole multiple of `step` seconds, the nearest, and is as long.
  func aligned(to step: Double) -> Excerpt {
    Excerpt(start: (max(0, start) / step).rounded() * step, length: length)
  }

  /// The frames at `rate`, of which the recording may have fewer.
  public func frames(at rate: Int) -> Range<Int> {
    let longest = Double(1 << 40)
    let first = Int(min((max(0, start) * Double(rate)).rounded(), longest))
    let count = length.map { Int(min((max(0, $0) * Double(rate)).rounded(), longest)) }
    return first..<first + (count ?? 1 << 40)
  }
}
