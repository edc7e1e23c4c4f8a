import COpenBLAS

/// Row-major matrix products by OpenBLAS, on the calling thread.
public enum BLAS {
  // OpenBLAS would start threads of its own; ours call it instead.
  private static let oneThread: Void = openblas_set_num_threads(1)

  /// c = alpha * op(a) op(b) + beta * c, where op(a) is [m, k], op(b) is [k, n] and c is [m, n].
  ///
  /// `lda`, `ldb`, `ldc` are the row strides in elements of the matrices as stored. The bits of an
  /// element depend on the shape of the whole product, so who cuts one into blocks cuts it the same
  /// way for any number of threads.
  ///
  /// Calls `cblas_sgemm`.
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
