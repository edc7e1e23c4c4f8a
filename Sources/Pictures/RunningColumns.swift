/// Columns of numbers over time that never become more than `capacity`: when they would, every two
/// neighbours become one.
package struct RunningColumns {
  /// What becomes of the values that share a column.
  package enum Rule { case mean, largest }

  package let rows: Int
  private let capacity: Int
  private let rule: Rule
  private var values: [Float] = []
  /// How many moments a column stands for.
  private var stride = 1
  /// How many moments have been added.
  package private(set) var count = 0

  /// - Parameter capacity: Even.
  package init(rows: Int, capacity: Int, _ rule: Rule) {
    self.rows = rows
    self.capacity = capacity
    self.rule = rule
  }

  /// Adds a moment: `rows` values.
  package mutating func add(_ moment: [Float]) {
    if count == stride * capacity { halve() }
    if count % stride == 0 { values += Array(repeating: 0, count: rows) }
    let start = values.count - rows
    // A share of the mean at once, so that a column needs no count of its own.
    let share = 1 / Float(stride)
    for row in 0..<rows {
      switch rule {
      case .mean: values[start + row] += moment[row] * share
      case .largest: values[start + row] = max(values[start + row], moment[row])
      }
    }
    count += 1
  }

  private mutating func halve() {
    for column in 0..<capacity / 2 {
      for row in 0..<rows {
        let (one, other) = (values[2 * column * rows + row], values[(2 * column + 1) * rows + row])
        values[column * rows + row] = rule == .mean ? (one + other) / 2 : max(one, other)
      }
    }
    values.removeLast(capacity / 2 * rows)
    stride *= 2
  }

  /// All moments spread over `width` columns: `width` times `rows` values.
  package func spread(over width: Int) -> [Float] {
    guard count > 0 else { return [] }
    var result: [Float] = []
    result.reserveCapacity(width * rows)
    let columns = values.count / rows
    for x in 0..<width {
      let first = min(columns - 1, x * count / width / stride)
      let last = min(columns - 1, max(first, ((x + 1) * count / width - 1) / stride))
      for row in 0..<rows {
        let cells = (first...last).map { column in
          // The last column may stand for fewer moments than the others.
          let short = column == columns - 1 && rule == .mean && count % stride != 0
          let fill = short ? Float(stride) / Float(count % stride) : 1
          return values[column * rows + row] * fill
        }
        let sum = cells.reduce(0, +) / Float(cells.count)
        result.append(rule == .mean ? sum : cells.max() ?? 0)
      }
    }
    return result
  }
}
