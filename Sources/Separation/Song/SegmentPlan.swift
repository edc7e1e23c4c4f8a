/// How a song is cut into segments that overlap by a quarter (`apply_model`).
///
/// Places are frames of the song; what lies outside of it counts as silence.
public struct SegmentPlan: Sendable, Hashable {
  /// One segment.
  public struct Segment: Sendable, Hashable {
    /// What it answers for.
    public let frames: Range<Int>
    /// Where what the network is shown begins; a shorter segment lies in the middle of it.
    public let window: Int
  }

  /// Frames that the network takes at once.
  public let size: Int
  /// Frames of the song.
  public let length: Int
  private let start: Int

  /// Half a second: how far a shift goes at most.
  public static let longestShift = HTDemucsShape.sampleRate / 2

  /// - Parameters:
  ///   - size: frames of a segment.
  ///   - length: frames of the song.
  ///   - shift: as the reference draws it, 0 to ``longestShift``: segments begin that much less than half
  ///     a second before the song; `nil` to begin with the song.
  public init(size: Int, length: Int, shift: Int?) {
    self.size = size
    self.length = length
    start = shift.map { $0 - Self.longestShift } ?? 0
  }

  /// Frames from one segment to the next.
  public var stride: Int { size * 3 / 4 }

  /// Segments of the whole song.
  public var count: Int { (length - start + stride - 1) / stride }

  /// Segment `index`.
  public func segment(_ index: Int) -> Segment {
    let first = start + index * stride
    let end = min(first + size, length)
    return Segment(frames: first..<end, window: first - (size - (end - first)) / 2)
  }

  /// The segments that answer for any of `frames`.
  public func segments(touching frames: Range<Int>) -> Range<Int> {
    guard !frames.isEmpty else { return 0..<0 }
    let all = 0..<count
    let first = all.first { segment($0).frames.upperBound > frames.lowerBound } ?? count
    let end = all.first { segment($0).frames.lowerBound >= frames.upperBound } ?? count
    return first..<max(first, end)
  }

  /// The weight of each frame of a segment: a triangle with its top in the middle, 1.
  func weights() -> [Float] {
    let half = size / 2
    let top = Float(size - half)
    return (0..<size).map { Float($0 < half ? $0 + 1 : size - $0) / top }
  }
}
