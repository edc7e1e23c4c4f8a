import Diagnostics
import Glibc

/// The windowed-sinc filter of a change of sample rate, as torchaudio's `resample` has it.
///
/// Rates are divided by their common divisor: `orig` and `new`. Output i * new + j is the sum over k of
/// h[j, k] x[i * orig + k - width], x being 0 outside, where h is a sinc of 6 zero crossings on either
/// side, rolled off at 0.99, under a squared cosine. Of each phase only the taps that are not 0 are kept.
public struct SincKernel: Sendable {
  /// How the reference computes a kernel; they differ by some 1e-6.
  public enum Arithmetic: Sendable {
    /// As its module does: the offset of the phase rounded to f32, all else in f64.
    case module
    /// As its function does for f32 samples: every step in f32.
    case function
  }

  /// The rates without their common divisor.
  public let orig: Int
  public let new: Int
  /// Samples that the filter reaches to either side.
  public let width: Int
  /// Taps of a phase that are kept, a multiple of 8, the last ones 0.
  let taps: Int
  /// The first tap of each phase, counted from `width` samples before the block.
  let starts: [Int]
  /// [new, taps].
  let values: [Float]

  static let zeros = 6
  private static let rolloff = 0.99
  /// The most numbers of a kernel: rates with hardly any common divisor have as many phases as hertz.
  private static let limit = 1 << 22

  /// - Throws: `data` for rates that are out of range, or whose kernel would be too large.
  public init(from: Int, to: Int, arithmetic: Arithmetic) throws(CodecFailure) {
    try self.init(from: from, to: to) { orig, new, width in
      Self.compute(orig, new, width, arithmetic)
    }
  }

  /// A kernel that a checkpoint holds.
  ///
  /// - Parameter stored: [new, 2 * width + orig].
  /// - Throws: `data` when its size is not that of these rates.
  public init(from: Int, to: Int, stored: [Float]) throws(CodecFailure) {
    var fits = true
    try self.init(from: from, to: to) { orig, new, width in
      fits = stored.count == new * (2 * width + orig)
      let row = 2 * width + orig
      return { phase, tap in fits ? stored[phase * row + tap] : 0 }
    }
    guard fits else {
      throw CodecFailure(
        .data, "a resampling kernel of \(stored.count) numbers is not \(from):\(to)")
    }
  }

  private init(
    from: Int, to: Int, _ source: (Int, Int, Int) -> (Int, Int) -> Float
  ) throws(CodecFailure) {
    guard (1...1 << 24).contains(from), (1...1 << 24).contains(to) else {
      throw CodecFailure(.data, "cannot convert from \(from) Hz to \(to) Hz")
    }
    let divisor = Self.divisor(from, to)
    let (orig, new) = (from / divisor, to / divisor)
    let base = Double(min(orig, new)) * Self.rolloff
    let half = Double(Self.zeros) * Double(orig) / base
    let width = Int(half.rounded(.up))
    let kept = min(2 * width + orig, Int((2 * half).rounded(.up)) + 2)
    let taps = (kept + 7) / 8 * 8
    guard taps * new <= Self.limit else {
      throw CodecFailure(
        .data,
        "cannot convert from \(from) Hz to \(to) Hz: such rates need a filter of \(new) phases")
    }
    (self.orig, self.new, self.width, self.taps) = (orig, new, width, taps)
    let value = source(orig, new, width)
    var starts: [Int] = []
    var values = [Float](repeating: 0, count: taps * new)
    for phase in 0..<new {
      let centre = Double(phase) * Double(orig) / Double(new) + Double(width)
      let start = max(0, min(Int((centre - half).rounded(.down)), 2 * width + orig - kept))
      starts.append(start)
      for tap in 0..<kept { values[phase * taps + tap] = value(phase, start + tap) }
    }
    self.starts = starts
    self.values = values
  }

  /// Output samples for `count` input samples.
  public func outputs(_ count: Int) -> Int { (count * new + orig - 1) / orig }

  private static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }

  private static func compute(
    _ orig: Int, _ new: Int, _ width: Int, _ arithmetic: Arithmetic
  ) -> (Int, Int) -> Float {
    let base = Double(min(orig, new)) * rolloff
    switch arithmetic {
    case .module:
      return { phase, tap in
        let offset = Double(Float(-phase) / Float(new))
        let place = (offset + Double(tap - width) / Double(orig)) * base
        let t = max(-Double(zeros), min(Double(zeros), place))
        let cosine = cos(t * Double.pi / Double(zeros) / 2)
        let angle = t * Double.pi
        let sinc = angle == 0 ? 1 : sin(angle) / angle
        return Float(sinc * (cosine * cosine * (base / Double(orig))))
      }
    case .function:
      return { phase, tap in
        let place = (Float(-phase) / Float(new) + Float(tap - width) / Float(orig)) * Float(base)
        let t = max(-Float(zeros), min(Float(zeros), place))
        let cosine = cosf(t * Float(Double.pi) / Float(zeros) / 2)
        let angle = t * Float(Double.pi)
        let sinc = angle == 0 ? 1 : sinf(angle) / angle
        return sinc * (cosine * cosine * Float(base / Double(orig)))
      }
    }
  }

  /// The sum for one output sample, in f64.
  ///
  /// - Parameter block: the sample `width` before the block's first; readable for 7 more samples than
  ///   the kernel reaches.
  @inline(__always)
  func sum(phase: Int, _ block: UnsafePointer<Float>, _ values: UnsafePointer<Float>) -> Float {
    let samples = UnsafeRawPointer(block + starts[phase])
    let weights = UnsafeRawPointer(values + phase * taps)
    var sums = SIMD8<Double>()
    for offset in stride(from: 0, to: taps * 4, by: 32) {
      let x = samples.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
      let h = weights.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
      sums += SIMD8<Double>(x) * SIMD8<Double>(h)
    }
    return Float(sums.sum())
  }
}
