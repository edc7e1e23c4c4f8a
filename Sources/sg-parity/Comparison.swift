/// How far apart two arrays are.
enum Comparison {
  /// The largest |a - b|; infinite where the counts differ or a difference is not a number.
  ///
  /// Equal infinities (a banned logit) are no difference.
  static func difference(_ a: some Collection<Float>, _ b: some Collection<Float>) -> Double {
    guard a.count == b.count else { return .infinity }
    var largest = 0.0
    for (x, y) in zip(a, b) where x != y {
      let distance = abs(Double(x) - Double(y))
      guard distance.isFinite else { return .infinity }
      largest = max(largest, distance)
    }
    return largest
  }

  /// 0 if the integers are the same, else the number of those that differ.
  static func mismatches(_ a: some Collection<Int>, _ b: some Collection<Int>) -> Double {
    guard a.count == b.count else { return .infinity }
    return Double(zip(a, b).count { $0 != $1 })
  }
}
