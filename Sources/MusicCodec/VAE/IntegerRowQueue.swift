import Neural

/// Quantised rows that wait for a convolution: ``RowQueue`` for ``IntegerRows``.
final class IntegerRowQueue {
  private(set) var rows: IntegerRows
  private(set) var start = 0
  private(set) var count = 0

  init(_ element: IntegerElement, width: Int) {
    rows = IntegerRows(element, rows: 64, width: width)
  }

  init(copying other: IntegerRowQueue) {
    count = other.count
    rows = IntegerRows(
      other.rows.element, rows: max(64, other.count), width: other.rows.width)
    rows.copy(other.rows, from: other.start, count: count, to: 0)
  }

  /// Makes room for `more` rows at the end and returns the index of the first in ``rows``; their
  /// content is undefined.
  func append(_ more: Int) -> Int {
    if start + count + more > rows.rows {
      if count + more > rows.rows - rows.rows / 4 {
        let larger = IntegerRows(rows.element, rows: (count + more) * 3 / 2, width: rows.width)
        larger.copy(rows, from: start, count: count, to: 0)
        rows = larger
      } else {
        rows.copy(rows, from: start, count: count, to: 0)
      }
      start = 0
    }
    defer { count += more }
    return start + count
  }

  func appendZeros(_ more: Int) {
    let first = append(more)
    for row in first..<first + more { rows.clear(row) }
  }

  func drop(_ more: Int) {
    start += more
    count -= more
    if count == 0 { start = 0 }
  }
}
