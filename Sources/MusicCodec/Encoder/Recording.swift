import Diagnostics

/// Audio that is to be encoded: where its samples are, not the samples themselves, so that a song of
/// an hour need not be in memory.
public struct Recording: Sendable {
  /// Samples per channel.
  public let frames: Int
  /// 1 or 2.
  public let channels: Int
  private let source: @Sendable (Range<Int>) throws(CodecFailure) -> [Float]

  /// Audio behind a function; it is read front to back, twice, and once more around its ends.
  ///
  /// - Parameter read: gives frames of a range within `0..<frames`, interleaved.
  public init(
    frames: Int, channels: Int,
    read: @escaping @Sendable (Range<Int>) throws(CodecFailure) -> [Float]
  ) {
    self.frames = max(0, frames)
    self.channels = channels
    source = read
  }

  /// Audio in memory, interleaved.
  public init(_ samples: [Float], channels: Int) {
    self.init(frames: samples.count / max(1, channels), channels: channels) { range in
      Array(samples[range.lowerBound * channels..<range.upperBound * channels])
    }
  }

  /// What a first walk over a recording tells.
  public struct Survey: Sendable, Hashable {
    /// The largest |x| of all channels.
    public let peak: Float
    /// Whether it is below -80 dB everywhere: it has codes, but they say nothing.
    public var isSilent: Bool { peak < 1e-4 }
  }

  /// Walks over all samples.
  ///
  /// - Throws: `data` when there are none, when one is not a finite number, or for more than two
  ///   channels.
  public func survey() throws(CodecFailure) -> Survey {
    guard frames > 0 else {
      throw CodecFailure(
        .data, "there is no audio to encode: it has no samples")
    }
    guard channels == 1 || channels == 2 else {
      throw CodecFailure(.data, "audio of \(channels) channels: one or two can be encoded")
    }
    var peak: Float = 0
    for start in stride(from: 0, to: frames, by: Self.piece) {
      let samples = try read(start..<min(frames, start + Self.piece))
      for index in samples.indices {
        let size = abs(samples[index])
        guard size.isFinite else {
          throw CodecFailure(
            .data,
            "the sample at frame \(start + index / channels) of channel \(index % channels) is "
              + "not a finite number")
        }
        if size > peak { peak = size }
      }
    }
    return Survey(peak: peak)
  }

  /// Frames that are read at a time.
  static let piece = 1 << 18

  /// Frames of a range, interleaved.
  func read(_ range: Range<Int>) throws(CodecFailure) -> [Float] {
    let samples = try source(range)
    guard samples.count == range.count * channels else {
      throw CodecFailure(
        .inputOutput,
        "the audio ended while it was read: frames \(range.lowerBound) to \(range.upperBound)")
    }
    return samples
  }

  /// Frames of a range of the recording repeated for ever, of which only `period` frames count.
  func readRepeated(_ range: Range<Int>, period: Int) throws(CodecFailure) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(range.count * channels)
    var place = range.lowerBound
    while place < range.upperBound {
      let start = place % period
      let count = min(range.upperBound - place, period - start)
      result += try read(start..<start + count)
      place += count
    }
    return result
  }
}

extension Recording {
  /// self * gain + other, both cut to the shorter; mono is added to both channels.
  ///
  /// - Throws: `data` for more than two channels.
  public func added(to other: Recording, gain: Float = 1) throws(CodecFailure) -> Recording {
    guard (1...2).contains(channels), (1...2).contains(other.channels) else {
      throw CodecFailure(
        .data, "audio of \(max(channels, other.channels)) channels: one or two can be encoded")
    }
    let width = max(channels, other.channels)
    let (a, b) = (self, other)
    return Recording(frames: min(frames, other.frames), channels: width) {
      (range) throws(CodecFailure) in
      let (x, y) = (try a.read(range), try b.read(range))
      let (stepX, stepY) = (a.channels == width ? 1 : width, b.channels == width ? 1 : width)
      return (0..<range.count * width).map { x[$0 / stepX] * gain + y[$0 / stepY] }
    }
  }

  /// self / gain.
  func divided(by gain: Float) -> Recording {
    let source = self
    return Recording(frames: frames, channels: channels) { (range) throws(CodecFailure) in
      try source.read(range).map { $0 / gain }
    }
  }
}
