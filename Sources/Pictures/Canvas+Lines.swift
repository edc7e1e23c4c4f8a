import Glibc

extension Canvas {
  /// Draws a line through some points, in pixels from the top left, with smooth edges and round
  /// corners; where a point is not finite, the line is broken.
  ///
  /// - Parameters:
  ///   - thickness: In pixels.
  ///   - clip: Columns and rows outside of which nothing is drawn.
  ///
  /// - Complexity: O(length times thickness).
  mutating func line(
    _ points: [(x: Double, y: Double)], thickness: Double, _ colour: Colour,
    clip: (x: Range<Int>, y: Range<Int>)
  ) {
    // How much of a pixel the line covers; kept for the whole line, so that corners are not darker.
    var cover: [Int: Double] = [:]
    func mark(_ from: (x: Double, y: Double), _ to: (x: Double, y: Double)) {
      let reach = thickness / 2 + 1
      let columns = Self.pixels(min(from.x, to.x) - reach, max(from.x, to.x) + reach, clip.x)
      let (dx, dy) = (to.x - from.x, to.y - from.y)
      let length = dx * dx + dy * dy
      for column in columns {
        let x = Double(column) + 0.5
        // Only the rows that the line passes here.
        var (low, high) = (min(from.y, to.y), max(from.y, to.y))
        if abs(dx) > 1e-9 {
          let ends = [x - reach, x + reach].map { edge in
            from.y + dy * min(max((edge - from.x) / dx, 0), 1)
          }
          (low, high) = (min(ends[0], ends[1]), max(ends[0], ends[1]))
        }
        for row in Self.pixels(low - reach, high + reach, clip.y) {
          let y = Double(row) + 0.5
          let along =
            length > 0 ? min(max(((x - from.x) * dx + (y - from.y) * dy) / length, 0), 1) : 0
          let distance = hypot(x - from.x - along * dx, y - from.y - along * dy)
          let share = min(max(thickness / 2 + 0.5 - distance, 0), 1)
          if share > 0 {
            let place = row * width + column
            cover[place] = max(cover[place] ?? 0, share)
          }
        }
      }
    }
    var last: (x: Double, y: Double)?
    for point in points {
      guard point.x.isFinite, point.y.isFinite else {
        last = nil
        continue
      }
      mark(last ?? point, point)
      last = point
    }
    for (place, share) in cover { blend(place % width, place / width, colour, share) }
  }

  /// The pixels between two places, as far as they lie in `range`.
  private static func pixels(_ from: Double, _ to: Double, _ range: Range<Int>) -> Range<Int> {
    let first = min(max(from.rounded(.down), Double(range.lowerBound)), Double(range.upperBound))
    let last = min(max(to.rounded(.up), first), Double(range.upperBound))
    return Int(first)..<Int(last)
  }
}
