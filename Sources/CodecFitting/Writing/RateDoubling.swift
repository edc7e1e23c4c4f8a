import Glibc

/// Kernels at 24 kHz and the same at 48 kHz, by a half-band filter: every second number of the result is
/// one of the input, unchanged, so that the way back is exact.
enum RateDoubling {
  /// Numbers of the input on either side of one between two.
  private static let reach = 24
  /// Of the Kaiser window: side lobes below -80 dB.
  private static let beta = 8.0

  /// Twice as many numbers in each row of `length`; zeros are around it.
  static func doubled(_ rows: [Float], length: Int) -> [Float] {
    let taps = (0..<reach).map { index in
      let place = Double(index) + 0.5
      let share = place / (Double(reach) + 0.5)
      return sin(.pi * place) / (.pi * place) * bessel(beta * (1 - share * share).squareRoot())
        / bessel(beta)
    }
    // The gain at 0 Hz must be 1 between the numbers too.
    let sum = 2 * taps.reduce(0, +)
    var result: [Float] = []
    result.reserveCapacity(2 * rows.count)
    for first in stride(from: 0, to: rows.count, by: length) {
      for index in 0..<length {
        result.append(rows[first + index])
        var between = 0.0
        for (tap, weight) in taps.enumerated() {
          if index >= tap { between += weight * Double(rows[first + index - tap]) }
          if index + 1 + tap < length {
            between += weight * Double(rows[first + index + 1 + tap])
          }
        }
        result.append(Float(between / sum))
      }
    }
    return result
  }

  /// The even numbers of each row.
  static func halved(_ rows: [Float]) -> [Float] {
    stride(from: 0, to: rows.count, by: 2).map { rows[$0] }
  }

  /// The modified Bessel function I0.
  private static func bessel(_ x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    for index in 1..<60 {
      term *= x * x / 4 / Double(index * index)
      sum += term
    }
    return sum
  }
}
