/// Marks along a stretch of time, at round places that leave room for their labels.
package struct TimeAxis {
  /// The first and last second shown.
  let from: Double
  let to: Double
  /// The width of the stretch in pixels.
  let width: Int

  package init(from: Double, to: Double, width: Int) {
    self.from = from
    self.to = to
    self.width = width
  }

  /// The height that ``draw(on:x:y:)`` takes, in pixels.
  static let height = 28

  /// Seconds between two labelled marks.
  package var step: Double {
    let steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600]
    let least = 90 * (to - from) / Double(max(1, width))
    return steps.first { $0 >= least } ?? 7200
  }

  /// The labelled marks, in seconds.
  package var marks: [Double] {
    guard to > from else { return [] }
    let first = Int((from / step - 1e-9).rounded(.up))
    let last = Int((to / step + 1e-9).rounded(.down))
    return first <= last ? (first...last).map { Double($0) * step } : []
  }

  /// Where a second lies, in pixels from the left.
  package func place(_ second: Double) -> Int {
    Int(((second - from) / max(1e-9, to - from) * Double(width)).rounded())
  }

  /// `m:ss`, with tenths where marks stand closer than a second.
  package func label(_ second: Double) -> String {
    let tenths = Int((second * 10).rounded())
    let (minutes, rest) = (tenths / 600, tenths / 10 % 60)
    let text = "\(minutes):" + (rest < 10 ? "0" : "") + "\(rest)"
    return step < 1 ? text + ".\(tenths % 10)" : text
  }

  /// Draws ticks and labels below `y`.
  func draw(on canvas: inout Canvas, x: Int, y: Int) {
    for mark in marks {
      let place = x + place(mark)
      canvas.fill(x: place, y: y + 1, width: 1, height: 6, .ink)
      canvas.write(label(mark), x: place, y: y + 10, .centre)
    }
  }
}
