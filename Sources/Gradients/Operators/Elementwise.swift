import CKernels

extension Tape {
  /// a + b, of the same shape.
  public func add(_ a: Variable, _ b: Variable) -> Variable {
    precondition(a.rows == b.rows && a.columns == b.columns, "a sum of different shapes")
    let y = allocate(rows: a.rows, columns: a.columns, followed: isFollowed(a) || isFollowed(b))
    value(y).update(from: value(a), count: y.count)
    sgk_accumulate(value(y), value(b), 1, y.count)
    record(y) { [unowned self] dy in
      for x in [a, b] where isFollowed(x) { sgk_accumulate(slope(x), dy, 1, y.count) }
    }
    return y
  }

  /// GELU(x), the erf form.
  public func gelu(_ x: Variable) -> Variable {
    let y = allocate(rows: x.rows, columns: x.columns, followed: isFollowed(x))
    sgk_gelu(value(x), value(y), y.count)
    record(y) { [unowned self] dy in sgk_gelu_backward(value(x), dy, y.count, slope(x)) }
    return y
  }

  /// SiLU(gate) * up, the inside of SwiGLU (Shazeer 2020).
  public func siluProduct(gate: Variable, up: Variable) -> Variable {
    precondition(gate.rows == up.rows && gate.columns == up.columns)
    let y = allocate(
      rows: up.rows, columns: up.columns, followed: isFollowed(gate) || isFollowed(up))
    sgk_silu_product(value(gate), value(up), value(y), y.count)
    record(y) { [unowned self] dy in
      sgk_silu_product_backward(value(gate), value(up), dy, y.count, slope(gate), slope(up))
    }
    return y
  }
}
