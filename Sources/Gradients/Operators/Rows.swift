import CKernels

extension Tape {
  /// The rows of x at `indices`, in that order; a row may come several times.
  public func rows(_ indices: [Int], of x: Variable) -> Variable {
    let y = allocate(rows: indices.count, columns: x.columns, followed: isFollowed(x))
    for (row, index) in indices.enumerated() {
      precondition(index >= 0 && index < x.rows)
      (value(y) + row * x.columns).update(from: value(x) + index * x.columns, count: x.columns)
    }
    record(y) { [unowned self] dy in
      let dx = slope(x)
      for (row, index) in indices.enumerated() {
        sgk_accumulate(dx + index * x.columns, dy + row * x.columns, 1, x.columns)
      }
    }
    return y
  }

  /// The values of x, through which no gradient goes back.
  public func detached(_ x: Variable) -> Variable {
    let y = allocate(rows: x.rows, columns: x.columns, followed: false)
    value(y).update(from: value(x), count: x.count)
    return y
  }
}
