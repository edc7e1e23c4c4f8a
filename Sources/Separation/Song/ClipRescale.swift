/// What the reference does to a stem between separation and encoder: it is made quieter so that it does
/// not clip, and goes through a file of 16 bits.
///
/// The divisor depends on the peak of the whole stem, so the stem has to be measured before it is
/// changed. It is 1 unless the peak is beyond 0.99.
public struct ClipRescale: Sendable, Hashable {
  /// The largest magnitude so far.
  public private(set) var peak: Float = 0

  public init() {}

  /// Takes part of the stem into account.
  public mutating func measure(_ samples: some Sequence<Float>) {
    for sample in samples { peak = max(peak, abs(sample)) }
  }

  /// What the stem is divided by.
  public var divisor: Float { max(1.01 * peak, 1) }

  /// The samples as they come back from the file.
  public func apply(_ samples: [Float]) -> [Float] {
    let divisor = divisor
    return samples.map { sample in
      let level = (sample / divisor * 32768).rounded(.toNearestOrEven)
      return min(max(level, -32768), 32767) / 32768
    }
  }
}
