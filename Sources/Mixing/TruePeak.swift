import Glibc

/// Estimates the peaks between samples by interpolation to four times the rate.
///
/// The value at the fraction f after sample n is the sum over j of x[n+j]·sinc(f-j)·w(f-j), with 16
/// samples around it and a Kaiser window w (β = 8), each phase scaled to pass a constant unchanged.
struct TruePeak {
  /// Samples that one value is made from.
  static let taps = 16
  /// Samples after n that the values between n and n+1 need.
  static let ahead = taps / 2

  private let quarter = TruePeak.phase(0.25)
  private let half = TruePeak.phase(0.5)
  private let threeQuarters = TruePeak.phase(0.75)

  /// The largest magnitude strictly between samples n and n+1.
  ///
  /// - Parameter window: x[n-7] to x[n+8].
  @inline(__always)
  func between(_ window: UnsafePointer<Float>) -> Float {
    let samples = UnsafeRawPointer(window).loadUnaligned(as: SIMD16<Float>.self)
    return max(
      abs((samples * quarter).sum()), abs((samples * half).sum()),
      abs((samples * threeQuarters).sum()))
  }

  /// The factors of x[n-7] to x[n+8] for the value at `fraction`.
  private static func phase(_ fraction: Double) -> SIMD16<Float> {
    let values = (0..<taps).map { tap in
      let distance = fraction - Double(tap - (ahead - 1))
      return sinc(distance) * kaiser(distance / Double(ahead), beta: 8)
    }
    let sum = values.reduce(0, +)
    var result = SIMD16<Float>()
    for tap in 0..<taps { result[tap] = Float(values[tap] / sum) }
    return result
  }

  private static func sinc(_ x: Double) -> Double {
    x == 0 ? 1 : sin(Double.pi * x) / (Double.pi * x)
  }

  /// The Kaiser window at `x` from -1 to 1.
  private static func kaiser(_ x: Double, beta: Double) -> Double {
    abs(x) >= 1 ? 0 : bessel(beta * (1 - x * x).squareRoot()) / bessel(beta)
  }

  /// The modified Bessel function of the first kind, order 0, by its power series.
  private static func bessel(_ x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    for k in 1...40 {
      term *= x / 2 / Double(k)
      sum += term * term
    }
    return sum
  }
}
