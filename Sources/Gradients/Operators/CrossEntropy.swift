import CKernels
import Glibc
import Neural

/// log x, but of nothing smaller than the smallest normal number.
func logarithm(_ x: Float) -> Float { logf(max(x, .leastNormalMagnitude)) }

extension Tape {
  /// -log softmax(x)[class] of each row of x [rows, classes].
  ///
  /// - Returns: [rows, 1], in nats.
  public func crossEntropy(_ x: Variable, classes: [Int32]) -> Variable {
    precondition(classes.count == x.rows && classes.allSatisfy { $0 >= 0 && Int($0) < x.columns })
    let y = allocate(rows: x.rows, columns: 1, followed: isFollowed(x))
    let shares = arena.take(x.count)
    shares.update(from: value(x), count: x.count)
    let inverse = arena.take(x.rows)
    sgk_softmax_rows(shares, x.rows, x.columns, x.columns, 1, inverse)
    for (row, target) in classes.enumerated() {
      value(y)[row] = -logarithm(shares[row * x.columns + Int(target)] * inverse[row])
    }
    record(y) { [unowned self] dy in
      let dx = slope(x)
      for (row, target) in classes.enumerated() where dy[row] != 0 {
        sgk_accumulate(
          dx + row * x.columns, shares + row * x.columns, dy[row] * inverse[row], x.columns)
        dx[row * x.columns + Int(target)] -= dy[row]
      }
    }
    return y
  }
}
