import CKernels
import Neural
import Testing

/// Matrix products of all shapes against sums in double.
struct GemmTests {
  private func random(_ count: Int, seed: UInt64) -> [Float] {
    var values = [Float](repeating: 0, count: count)
    values.withUnsafeMutableBufferPointer { Philox(seed: seed, stream: 3).fillNormals($0, at: 0) }
    return values
  }

  /// m, n, k around the sizes of tiles (6, 8, 16, 48) and blocks (240, 256, 1008).
  static let shapes = [
    (1, 1, 1), (1, 17, 3), (5, 1, 300), (6, 16, 8), (7, 15, 257), (8, 48, 256), (9, 49, 31),
    (33, 110, 100), (241, 50, 70), (16, 1009, 40), (3, 64, 513), (12, 2, 1100),
  ]

  @Test(arguments: shapes, [false, true])
  func productsOfAllShapes(_ shape: (m: Int, n: Int, k: Int), portable: Bool) {
    let (m, n, k) = shape
    for (transposeA, transposeB) in [(false, false), (false, true), (true, false), (true, true)] {
      let (a, b) = (random(m * k, seed: 1), random(k * n, seed: 2))
      let start = random(m * n, seed: 3)
      for (alpha, beta) in [(Float(1), Float(0)), (0.5, 1), (-2, 0.25)] {
        var c = beta == 0 ? [Float](repeating: .nan, count: m * n) : start
        multiply(
          a, transposeA ? m : k, transposeA, b, transposeB ? k : n, transposeB, shape, alpha, beta,
          &c, portable: portable)
        for i in Swift.stride(from: 0, to: m * n, by: max(1, m * n / 500)) {
          let (row, column) = (i / n, i % n)
          var sum = 0.0
          for p in 0..<k {
            sum +=
              Double(a[transposeA ? p * m + row : row * k + p])
              * Double(b[transposeB ? column * k + p : p * n + column])
          }
          let expected = Double(alpha) * sum + (beta == 0 ? 0 : Double(beta * start[i]))
          #expect(abs(Double(c[i]) - expected) <= 2e-6 * Double(k).squareRoot() * 8)
        }
      }
    }
  }

  private func multiply(
    _ a: [Float], _ lda: Int, _ transposeA: Bool, _ b: [Float], _ ldb: Int, _ transposeB: Bool,
    _ shape: (m: Int, n: Int, k: Int), _ alpha: Float, _ beta: Float, _ c: inout [Float],
    portable: Bool
  ) {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        c.withUnsafeMutableBufferPointer { c in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
          guard portable else {
            MatrixProduct.gemm(
              transposeA: transposeA, transposeB: transposeB, m: shape.m, n: shape.n, k: shape.k,
              alpha: alpha, a: a, lda: lda, b: b, ldb: ldb, beta: beta, c: c, ldc: shape.n)
            return
          }
          var left = sgk_operand(
            data: a, row: lda, transposed: transposeA ? 1 : 0, segment: 0, stride: 0)
          var right = sgk_operand(
            data: b, row: ldb, transposed: transposeB ? 0 : 1, segment: 0, stride: 0)
          let scratch = FloatBuffer(count: sgk_gemm_scratch(shape.m, shape.n, shape.k))
          sgk_gemm_portable(
            &left, &right, shape.m, shape.n, shape.k, alpha, beta, c, shape.n, scratch.base)
        }
      }
    }
  }

  /// An element is summed in the same order wherever it lies, so parts have the bits of the whole.
  @Test func anySplitGivesTheSameBits() {
    let (m, n, k) = (100, 130, 300)
    let (a, b) = (FloatBuffer(random(m * k, seed: 4)), FloatBuffer(random(k * n, seed: 5)))
    let whole = FloatBuffer(count: m * n)
    MatrixProduct.gemm(
      transposeA: false, transposeB: false, m: m, n: n, k: k, a: a.base, lda: k, b: b.base, ldb: n,
      c: whole.base, ldc: n)
    for (rows, columns) in [(1, n), (m, 1), (7, 11), (64, 48)] {
      let parts = FloatBuffer(count: m * n)
      for row in stride(from: 0, to: m, by: rows) {
        for column in stride(from: 0, to: n, by: columns) {
          MatrixProduct.gemm(
            transposeA: false, transposeB: false, m: min(rows, m - row),
            n: min(columns, n - column),
            k: k, a: a.base + row * k, lda: k, b: b.base + column, ldb: n,
            c: parts.base + row * n + column, ldc: n)
        }
      }
      #expect(Array(parts) == Array(whole))
    }
    for threads in [2, 3, 5] {
      let shared = FloatBuffer(count: m * n)
      ThreadPool(threads: threads).gemm(
        transposeA: false, transposeB: false, m: m, n: n, k: k, a: a.base, lda: k, b: b.base,
        ldb: n, c: shared.base, ldc: n)
      #expect(Array(shared) == Array(whole))
    }
  }

  @Test(arguments: [(1, 7, 1), (2, 7, 3), (5, 7, 9), (16, 3, 1), (64, 7, 9)])
  func convolutionEqualsTheSumOverTaps(channels: Int, taps: Int, dilation: Int) {
    let (m, n) = (37, 10)
    let rows = FloatBuffer(random((m + (taps - 1) * dilation) * channels, seed: 6))
    let b = FloatBuffer(random(taps * channels * n, seed: 7))
    let c = FloatBuffer(random(m * n, seed: 8))
    let before = Array(c)
    MatrixProduct.convolve(
      rows: rows.base, channels: channels, taps: taps, dilation: dilation, m: m, n: n, b: b.base,
      beta: 1, c: c.base)
    for i in 0..<m * n {
      var sum = Double(before[i])
      for tap in 0..<taps {
        for channel in 0..<channels {
          sum +=
            Double(rows[(i / n + tap * dilation) * channels + channel])
            * Double(b[(tap * channels + channel) * n + i % n])
        }
      }
      #expect(abs(Double(c[i]) - sum) <= 1e-4)
    }
  }

  @Test func noInnerElementsLeaveWhatBetaSays() {
    let nothing = FloatBuffer(count: 1)
    let c = FloatBuffer([1, 2, 3, 4, 5, 6])
    for (beta, expected) in [
      (Float(0.5), [0.5, 1, 1.5, 2, 2.5, 3] as [Float]), (0, [0, 0, 0, 0, 0, 0]),
    ] {
      MatrixProduct.gemm(
        transposeA: false, transposeB: false, m: 2, n: 3, k: 0, a: nothing.base, lda: 1,
        b: nothing.base, ldb: 3, beta: beta, c: c.base, ldc: 3)
      #expect(Array(c) == expected)
    }
  }
}
