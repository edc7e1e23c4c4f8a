import Glibc

/// Round numbers along an axis.
package struct NumberAxis: Sendable {
  /// The first and the last number of the axis.
  package let from: Double
  package let to: Double
  /// Between two marks: 1, 2 or 5 times a power of ten.
  package let step: Double

  /// An axis that covers `range`, widened to marks at both ends.
  ///
  /// - Parameter marks: Most marks.
  package init(covering range: ClosedRange<Double>, marks: Int) {
    // Beyond this, marks cannot be told apart any more.
    let limit = 1e15
    let low = min(max(range.lowerBound, -limit), limit)
    var high = min(max(range.upperBound, low), limit)
    if high - low <= max(abs(low), abs(high)) * 1e-6 { high = low + max(abs(low) * 0.1, 1e-6) }
    let least = (high - low) / Double(max(1, marks - 1))
    let power = pow(10, (log10(least)).rounded(.down))
    let factor = [1, 2, 5, 10].first { Double($0) * power >= least * (1 - 1e-9) } ?? 10
    step = Double(factor) * power
    from = (low / step + 1e-9).rounded(.down) * step
    to = max((high / step - 1e-9).rounded(.up) * step, from + step)
  }

  /// The marks, upwards.
  package var marks: [Double] {
    let count = Int(((to - from) / step).rounded())
    return (0...min(max(0, count), 100)).map { from + Double($0) * step }
  }

  /// Where a number lies: 0 at the beginning of the axis, 1 at its end.
  package func place(_ value: Double) -> Double { (value - from) / (to - from) }

  /// A mark in words, with as many places as its neighbours need: `0.5`, `2000`, `1.5e+08`.
  package func label(_ mark: Double) -> String {
    let value = abs(mark) < step / 2 ? 0 : mark
    let largest = max(abs(from), abs(to))
    guard largest < 1e7, step >= 1e-5 else { return "\(Float(value))" }
    let places = max(0, Int((-log10(step) + 1e-9).rounded(.up)))
    let scale = pow(10, Double(places))
    let units = Int((abs(value) * scale).rounded())
    let sign = value < 0 ? "-" : ""
    guard places > 0 else { return sign + "\(units)" }
    let fraction = String(units % Int(scale))
    return sign + "\(units / Int(scale))." + String(repeating: "0", count: places - fraction.count)
      + fraction
  }
}
