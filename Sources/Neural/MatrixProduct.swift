import CKernels

/// Row-major matrix products by our own kernels, on the calling thread.
///
/// Unlike OpenBLAS they sum an element in the same order wherever it lies, and take the windows of a
/// convolution as they are.
public enum MatrixProduct {
  /// c = alpha * op(a) op(b) + beta * c, where op(a) is [m, k], op(b) is [k, n] and c is [m, n].
  ///
  /// `lda`, `ldb`, `ldc` are the row strides in elements of the matrices as stored. With `beta` 0, c
  /// is not read. An element of c has the same bits wherever it lies, so a product may be cut into
  /// blocks of rows and columns at will.
  public static func gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float = 1,
    a: UnsafePointer<Float>, lda: Int, b: UnsafePointer<Float>, ldb: Int, beta: Float = 0,
    c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    multiply(
      sgk_operand(data: a, row: lda, transposed: transposeA ? 1 : 0, segment: 0, stride: 0),
      sgk_operand(data: b, row: ldb, transposed: transposeB ? 0 : 1, segment: 0, stride: 0), m: m,
      n: n, k: k, alpha: alpha, beta: beta, c: c, ldc: ldc)
  }

  /// A convolution as a product: c = beta * c + windows [m, taps * channels] times b.
  ///
  /// Window i is made of the rows i, i + dilation, … of `rows` [_, channels], one for each tap; they
  /// are not copied together. b is [taps * channels, n].
  public static func convolve(
    rows: UnsafePointer<Float>, channels: Int, taps: Int, dilation: Int, m: Int, n: Int,
    b: UnsafePointer<Float>, beta: Float, c: UnsafeMutablePointer<Float>
  ) {
    multiply(
      sgk_operand(
        data: rows, row: channels, transposed: 0, segment: channels,
        stride: dilation * channels),
      sgk_operand(data: b, row: n, transposed: 1, segment: 0, stride: 0), m: m, n: n,
      k: taps * channels, alpha: 1, beta: beta, c: c, ldc: n)
  }

  static func multiply(
    _ a: sgk_operand, _ b: sgk_operand, m: Int, n: Int, k: Int, alpha: Float, beta: Float,
    c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    guard m > 0, n > 0 else { return }
    withUnsafePointer(to: a) { a in
      withUnsafePointer(to: b) { b in
        withUnsafeTemporaryAllocation(
          byteCount: sgk_gemm_scratch(m, n, k) * MemoryLayout<Float>.stride, alignment: 64
        ) { scratch in
          sgk_gemm(
            a, b, m, n, k, alpha, beta, c, ldc,
            scratch.baseAddress?.assumingMemoryBound(to: Float.self))
        }
      }
    }
  }
}
