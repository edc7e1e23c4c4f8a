import CKernels
import COpenBLAS

/// Row-major matrix products by OpenBLAS, on the calling thread.
///
/// A release of OpenBLAS that is older than the processor falls back to kernels of the SSE3 age (measured
/// on a Sapphire Rapids with 0.3.21: 31 GFLOP/s a thread instead of 150). There ``MatrixProduct`` takes
/// its place.
public enum BLAS {
  /// Whether OpenBLAS has kernels for the vectors of this processor. Asking also keeps it from starting
  /// threads of its own: ours call it.
  private static let fitsProcessor: Bool = {
    openblas_set_num_threads(1)
    guard sgk_cpu_level() != SGK_PORTABLE.rawValue else { return true }
    guard let name = openblas_get_corename() else { return false }
    let core = String(cString: name).lowercased()
    return ["haswell", "zen", "skylakex", "cooperlake", "sapphirerapids"].contains(core)
  }()

  /// c = alpha * op(a) op(b) + beta * c, where op(a) is [m, k], op(b) is [k, n] and c is [m, n].
  ///
  /// `lda`, `ldb`, `ldc` are the row strides in elements of the matrices as stored. The bits of an
  /// element depend on the shape of the whole product, so who cuts one into blocks cuts it the same
  /// way for any number of threads.
  ///
  /// Calls `openblas_get_corename` and `cblas_sgemm`.
  public static func gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float = 1,
    a: UnsafePointer<Float>, lda: Int, b: UnsafePointer<Float>, ldb: Int, beta: Float = 0,
    c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    guard m > 0, n > 0 else { return }
    guard fitsProcessor, !Reproducibility.isAsked else {
      MatrixProduct.gemm(
        transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: alpha, a: a,
        lda: lda, b: b, ldb: ldb, beta: beta, c: c, ldc: ldc)
      return
    }
    cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      blasint(m), blasint(n), blasint(k), alpha, a, blasint(lda), b, blasint(ldb), beta, c,
      blasint(ldc))
  }
}
