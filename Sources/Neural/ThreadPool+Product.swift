extension ThreadPool {
  /// ``MatrixProduct/gemm(transposeA:transposeB:m:n:k:alpha:a:lda:b:ldb:beta:c:ldc:)`` over the pool: the same
  /// bits for any number of threads.
  public func gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float = 1,
    a: UnsafePointer<Float>, lda: Int, b: UnsafePointer<Float>, ldb: Int, beta: Float = 0,
    c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    let (rowBlock, columnBlock) = blocks(m: m, n: n, k: k)
    let down = (m + rowBlock - 1) / rowBlock
    let across = (n + columnBlock - 1) / columnBlock
    nonisolated(unsafe) let a = a
    nonisolated(unsafe) let b = b
    nonisolated(unsafe) let c = c
    run(down * across) { task in
      let row = task / across * rowBlock
      let column = task % across * columnBlock
      MatrixProduct.gemm(
        transposeA: transposeA, transposeB: transposeB, m: min(rowBlock, m - row),
        n: min(columnBlock, n - column), k: k, alpha: alpha,
        a: a + (transposeA ? row : row * lda), lda: lda,
        b: b + (transposeB ? column * ldb : column), ldb: ldb, beta: beta,
        c: c + row * ldc + column, ldc: ldc)
    }
  }

  /// Block sizes for an [m, n] product: whole when it is small or there is one thread; else some blocks
  /// for each thread, as square as can be, since every block copies its share of both operands.
  private func blocks(m: Int, n: Int, k: Int) -> (rows: Int, columns: Int) {
    var (rows, columns) = (max(m, 1), max(n, 1))
    guard threads > 1, m * n * k >= 1 << 21 else { return (rows, columns) }
    var (down, across) = (1, 1)
    while down * across < 3 * threads {
      if rows >= columns, rows > 48 {
        down += 1
        rows = ((m + down - 1) / down + 23) / 24 * 24
      } else if columns > 96 {
        across += 1
        columns = ((n + across - 1) / across + 47) / 48 * 48
      } else {
        break
      }
    }
    return (rows, columns)
  }
}
