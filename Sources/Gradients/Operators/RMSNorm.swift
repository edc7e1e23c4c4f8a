import CKernels
import Neural

extension Tape {
  /// x / sqrt(mean(x²) + eps) * w in each row, with w [columns] (Zhang and Sennrich 2019).
  public func rmsNorm(_ x: Variable, _ weight: Parameter, epsilon: Float = 1e-5) -> Variable {
    precondition(weight.value.count == x.columns, "\(weight.name) is of another width")
    let y = allocate(
      rows: x.rows, columns: x.columns, followed: isFollowed(x) || isTrained(weight))
    for row in 0..<x.rows {
      sgk_rms_norm(
        value(x) + row * x.columns, weight.value.base, value(y) + row * x.columns, x.columns,
        epsilon)
    }
    record(y) { [unowned self] dy in
      let dw = gradients?.gradient(of: weight)?.base ?? arena.zeros(x.columns)
      let dx = isFollowed(x) ? slope(x) : arena.zeros(x.count)
      sgk_rms_norm_backward(
        value(x), weight.value.base, dy, x.rows, x.columns, epsilon, dx, dw)
    }
    return y
  }
}
