import CKernels

extension Tape {
  /// [a | b]: the columns of both, side by side.
  public func beside(_ a: Variable, _ b: Variable) -> Variable {
    precondition(a.rows == b.rows, "different numbers of rows")
    let y = allocate(
      rows: a.rows, columns: a.columns + b.columns, followed: isFollowed(a) || isFollowed(b))
    for row in 0..<y.rows {
      let target = value(y) + row * y.columns
      target.update(from: value(a) + row * a.columns, count: a.columns)
      (target + a.columns).update(from: value(b) + row * b.columns, count: b.columns)
    }
    record(y) { [unowned self] dy in
      for (x, offset) in [(a, 0), (b, a.columns)] where isFollowed(x) {
        let dx = slope(x)
        for row in 0..<y.rows {
          sgk_accumulate(dx + row * x.columns, dy + row * y.columns + offset, 1, x.columns)
        }
      }
    }
    return y
  }
}
