/// Quantises to whole numbers with triangular dither of two steps' width, so that what is lost in
/// rounding is noise that does not depend on the signal.
///
/// The random numbers are a function of seed and sample index alone: SplitMix64's mixing of a
/// counter (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). Its two
/// halves are the two uniforms of a sample.
public struct Dither: Sendable {
  public let bits: Int
  private let key: UInt64
  private var index: UInt64 = 0

  /// - Parameter bits: 16 or 24; at most 31.
  public init(bits: Int, seed: UInt64) {
    self.bits = min(max(bits, 2), 31)
    key = Dither.mix(seed &+ 0x5347_4D49_58)
  }

  /// The next samples, in the upper `bits` bits of each number.
  public mutating func quantise(_ samples: UnsafeBufferPointer<Float>) -> [Int32] {
    let scale = Double(1 << (bits - 1))
    let shift = Int32(32 - bits)
    return samples.map { sample in
      let random = Dither.mix(key &+ index &* 0x9E37_79B9_7F4A_7C15)
      index &+= 1
      let noise = (Double(random >> 32) + Double(random & 0xFFFF_FFFF)) / 4_294_967_296 - 1
      let value = (Double(sample) * scale + noise).rounded(.toNearestOrEven)
      return Int32(max(-scale, min(scale - 1, value))) << shift
    }
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
