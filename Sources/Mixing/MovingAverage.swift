/// The mean of the last values by a running sum.
struct MovingAverage {
  private var values: [Double]
  private var sum: Double
  private var next = 0

  /// As if `value` had come before all others.
  init(length: Int, value: Double) {
    values = [Double](repeating: value, count: max(1, length))
    sum = value * Double(values.count)
  }

  /// Takes the next value and returns the mean of the last `length` ones.
  mutating func push(_ value: Double) -> Double {
    sum += value - values[next]
    values[next] = value
    next += 1
    if next == values.count {
      next = 0
      // Adding anew once a round keeps rounding errors from piling up.
      sum = values.reduce(0, +)
    }
    return sum / Double(values.count)
  }
}
