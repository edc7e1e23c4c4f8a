/// Counts samples that were cut off at full scale.
///
/// A run of at least three samples of one channel, all of a magnitude of 0.999 or more and of one
/// sign, is clipped: a peak of music has hardly more than one such sample, a flattened one has many.
/// Sound editors look for clipping in this way.
public struct ClippingCounter: Sendable {
  /// Samples of one channel from which on it is a run.
  public static let shortestRun = 3
  /// Magnitude from which on a sample counts as full scale.
  public static let fullScale: Float = 0.999

  /// Samples in runs, of all channels.
  public private(set) var samples = 0
  public private(set) var runs = 0
  /// Samples that were looked at.
  public private(set) var total = 0

  private var lengths: [Int]
  private var signs: [Bool]

  public init(channels: Int) {
    lengths = Array(repeating: 0, count: max(1, channels))
    signs = Array(repeating: false, count: max(1, channels))
  }

  /// The share of all samples that is clipped.
  public var share: Double { total > 0 ? Double(samples) / Double(total) : 0 }

  /// Adds interleaved samples, whole frames of them.
  public mutating func add(_ interleaved: UnsafeBufferPointer<Float>) {
    let channels = lengths.count
    for index in 0..<interleaved.count {
      let (sample, channel) = (interleaved[index], index % channels)
      guard abs(sample) >= Self.fullScale else {
        lengths[channel] = 0
        continue
      }
      let isPositive = sample > 0
      lengths[channel] =
        lengths[channel] > 0 && signs[channel] == isPositive
        ? lengths[channel] + 1 : 1
      signs[channel] = isPositive
      if lengths[channel] == Self.shortestRun {
        runs += 1
        samples += Self.shortestRun
      } else if lengths[channel] > Self.shortestRun {
        samples += 1
      }
    }
    total += interleaved.count
  }
}
