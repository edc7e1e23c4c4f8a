import Neural
import Testing

struct MatrixTests {
  private func random(_ count: Int, seed: UInt64) -> FloatBuffer {
    let buffer = FloatBuffer(count: count)
    Philox(seed: seed, stream: 1).fillNormals(buffer.elements, at: 0)
    return buffer
  }

  /// The product the plain way, in double.
  private func product(
    _ a: FloatBuffer, _ b: FloatBuffer, m: Int, n: Int, k: Int
  ) -> [Double] {
    (0..<m * n).map { i in
      (0..<k).reduce(0) { $0 + Double(a[i / n * k + $1]) * Double(b[i % n * k + $1]) }
    }
  }

  @Test(arguments: [(1, 5, 9), (2, 300, 64), (3, 200, 31), (40, 193, 64)])
  func multiplyEqualsThePlainProduct(count: Int, rows: Int, columns: Int) {
    let x = random(count * columns, seed: 1)
    let weights = random(rows * columns, seed: 2)
    let matrix = WeightMatrix(rows: rows, columns: columns, weights)
    let y = FloatBuffer(count: count * rows)
    matrix.multiply(x.base, count: count, into: y.base, pool: ThreadPool(threads: 2))
    for (ours, plain) in zip(y, product(x, weights, m: count, n: rows, k: columns)) {
      #expect(abs(Double(ours) - plain) < 1e-4)
    }
  }

  @Test(arguments: [1, 2, 5, 700])
  func theNumberOfThreadsChangesNoBit(count: Int) {
    let (rows, columns) = (1030, 300)
    let x = random(count * columns, seed: 3)
    let weights = random(rows * columns, seed: 4)
    let matrix = WeightMatrix(rows: rows, columns: columns, weights)
    var results: [[UInt32]] = []
    for threads in [1, 2, 5] {
      let pool = ThreadPool(threads: threads)
      let y = FloatBuffer(count: count * rows)
      matrix.multiply(x.base, count: count, into: y.base, pool: pool)
      let z = FloatBuffer(count: count * rows)
      pool.gemm(
        transposeA: false, transposeB: true, m: count, n: rows, k: columns, a: x.base,
        lda: columns, b: weights.base, ldb: columns, c: z.base, ldc: rows)
      results.append(y.map(\.bitPattern) + z.map(\.bitPattern))
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }
}
