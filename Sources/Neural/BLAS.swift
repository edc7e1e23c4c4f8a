import COpenBLAS

/// Row-major matrix products by OpenBLAS, on the calling thread.
public enum BLAS {
  // OpenBLAS would start threads of its own; ours call it instead.
  private static let oneThread: Void = openblas_set_num_threads(1)

  /// c = alpha * op(a) op(b) + beta * c, where op(a) is [m, k], op(b) is [k, n] and c is [m, n].
  ///
  /// `lda`, `ldb`, `ldc` are the row strides in elements of the matrices as stored.
  public static func gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float = 1,
    a: UnsafePointer<Float>, lda: Int, b: UnsafePointer<Float>, ldb: Int, beta: Float = 0,
    c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    guard m > 0, n > 0 else { return }
    _ = oneThread
    cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      blasint(m), blasint(n), blasint(k), alpha, a, blasint(lda), b, blasint(ldb), beta, c,
      blasint(ldc))
  }
}

extension ThreadPool {
  /// ``BLAS/gemm(transposeA:transposeB:m:n:k:alpha:a:lda:b:ldb:beta:c:ldc:)`` over the pool.
  ///
  /// The product is cut into blocks whose sizes depend on its shape alone, so that the result has
  /// the same bits for any number of threads.
  public func gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float = 1,
    a: UnsafePointer<Float>, lda: Int, b: UnsafePointer<Float>, ldb: Int, beta: Float = 0,
    c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    let (rowBlock, columnBlock) = Self.blocks(m: m, n: n, k: k)
    let down = (m + rowBlock - 1) / rowBlock
    let across = (n + columnBlock - 1) / columnBlock
    nonisolated(unsafe) let a = a
    nonisolated(unsafe) let b = b
    nonisolated(unsafe) let c = c
    run(down * across) { task in
      let row = task / across * rowBlock
      let column = task % across * columnBlock
      BLAS.gemm(
        transposeA: transposeA, transposeB: transposeB, m: min(rowBlock, m - row),
        n: min(columnBlock, n - column), k: k, alpha: alpha,
        a: a + (transposeA ? row : row * lda), lda: lda,
        b: b + (transposeB ? column * ldb : column), ldb: ldb, beta: beta,
        c: c + row * ldc + column, ldc: ldc)
    }
  }

  /// Block sizes for an [m, n] product: whole when small, else at least 8 blocks of at least 2 MFLOP.
  static func blocks(m: Int, n: Int, k: Int) -> (rows: Int, columns: Int) {
    guard m * n * k >= 1 << 21 else { return (max(m, 1), max(n, 1)) }
    if m >= n {
      return (max(96, ((m + 7) / 8 + 47) / 48 * 48), n)
    }
    return (m, max(96, ((n + 7) / 8 + 47) / 48 * 48))
  }
}
