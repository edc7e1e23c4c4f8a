/// How fast this machine multiplies, for estimates of seconds.
public enum ProductRate {
  /// Operations a second of f32 matrices, from the best of some products of a few milliseconds.
  public static func f32(_ pool: ThreadPool) -> Double {
    let (rows, width) = (256, 768)
    let x = FloatBuffer((0..<rows * width).map { Float($0 % 19) - 9 })
    let w = FloatBuffer((0..<width * width).map { Float($0 % 23) - 11 })
    let y = FloatBuffer(count: rows * width)
    return measure(operations: 2 * rows * width * width) {
      pool.gemm(
        transposeA: false, transposeB: true, m: rows, n: width, k: width, a: x.base, lda: width,
        b: w.base, ldb: width, c: y.base, ldc: width)
    }
  }

  /// As ``f32(_:)``, of integer weights.
  public static func integer(_ element: IntegerElement, _ pool: ThreadPool) -> Double {
    let (rows, width) = (256, 768)
    let x = FloatBuffer((0..<rows * width).map { Float($0 % 19) - 9 })
    let w = FloatBuffer((0..<width * width).map { Float($0 % 23) - 11 })
    let y = FloatBuffer(count: rows * width)
    let weights = IntegerWeights(element, outputs: width, inputs: width)
    weights.pack(w.base, row: width, transposed: false)
    let quantised = IntegerRows(element, rows: rows, width: width)
    for row in 0..<rows { quantised.set(row, x.base + row * width) }
    defer { withExtendedLifetime((x, w)) {} }
    return measure(operations: 2 * rows * width * width) {
      weights.multiply(quantised, count: rows, into: y.base, stride: width, pool: pool)
    }
  }

  private static func measure(operations: Int, _ work: () -> Void) -> Double {
    let clock = ContinuousClock()
    var best = Double.infinity
    for _ in 0..<8 {
      let (seconds, attoseconds) = clock.measure(work).components
      best = min(best, Double(seconds) + Double(attoseconds) * 1e-18)
    }
    return Double(operations) / max(best, 1e-9)
  }
}
