/// A line of a ``CurvePicture``.
public struct Curve: Sendable {
  /// In the legend.
  public var name: String
  /// From left to right; one that is not finite breaks the line.
  public var points: [(x: Double, y: Double)]

  public init(name: String, points: [(x: Double, y: Double)]) {
    self.name = name
    self.points = points
  }

  /// Many points, made fewer: the mean of each of `count` stretches of the axis that has any.
  func thinned(_ axis: NumberAxis, count: Int) -> [(x: Double, y: Double)] {
    guard points.count > count else { return points }
    var sums = [(x: Double, y: Double, n: Double)](repeating: (0, 0, 0), count: count)
    for point in points where point.x.isFinite && point.y.isFinite {
      let place = min(max(axis.place(point.x), 0), 1)
      let index = min(count - 1, Int(place * Double(count)))
      sums[index].x += point.x
      sums[index].y += point.y
      sums[index].n += 1
    }
    return sums.filter { $0.n > 0 }.map { ($0.x / $0.n, $0.y / $0.n) }
  }

  /// Each point replaced by the mean of itself and `reach` on either side; fewer at the ends.
  static func smoothed(
    _ points: [(x: Double, y: Double)], reach: Int
  ) -> [(x: Double, y: Double)] {
    var sums = [0.0]
    for point in points { sums.append(sums[sums.count - 1] + point.y) }
    return points.indices.map { index in
      let reach = min(reach, index, points.count - 1 - index)
      let (first, last) = (index - reach, index + reach + 1)
      return (points[index].x, (sums[last] - sums[first]) / Double(last - first))
    }
  }
}
