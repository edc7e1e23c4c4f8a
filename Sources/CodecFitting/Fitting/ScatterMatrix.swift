import Neural

/// Sums of products of all columns with each other, in f64: Σ xᵀ y over rows.
enum ScatterMatrix {
  /// Rows that are summed in f32 before they join the f64 sum.
  private static let block = 1024
  /// Columns of a task's tile.
  private static let tile = 240

  /// Adds aᵀ b, a being [count, m] and b [count, n], to `sum` [m, n].
  ///
  /// The same bits for any number of threads.
  static func add(
    _ a: UnsafePointer<Float>, m: Int, lda: Int, _ b: UnsafePointer<Float>, n: Int, ldb: Int,
    count: Int, to sum: inout [Double], pool: ThreadPool
  ) {
    let across = (n + tile - 1) / tile
    let down = (m + tile - 1) / tile
    sum.withUnsafeMutableBufferPointer { sum in
      nonisolated(unsafe) let sum = sum
      nonisolated(unsafe) let (a, b) = (a, b)
      pool.run(down * across) { task in
        let (row, column) = (task / across * tile, task % across * tile)
        let (rows, columns) = (min(tile, m - row), min(tile, n - column))
        let part = FloatBuffer(count: rows * columns)
        withExtendedLifetime(part) {
          for first in stride(from: 0, to: count, by: block) {
            MatrixProduct.gemm(
              transposeA: true, transposeB: false, m: rows, n: columns,
              k: min(block, count - first), a: a + first * lda + row, lda: lda,
              b: b + first * ldb + column, ldb: ldb, c: part.base, ldc: columns)
            for i in 0..<rows {
              let target = (row + i) * n + column
              for j in 0..<columns { sum[target + j] += Double(part.base[i * columns + j]) }
            }
          }
        }
      }
    }
  }
}
