import CKernels

extension MatrixProduct {
  /// c = rows [m, segments * segment] times b, which is [segments * segment, n], on the calling thread.
  public static func gemm(
    rows: WindowRows, m: Int, n: Int, b: UnsafePointer<Float>, c: UnsafeMutablePointer<Float>
  ) {
    multiply(
      sgk_operand(
        data: rows.data, row: rows.step, transposed: 0, segment: rows.segment,
        stride: rows.stride),
      sgk_operand(data: b, row: n, transposed: 1, segment: 0, stride: 0), m: m, n: n,
      k: rows.segment * rows.segments, alpha: 1, beta: 0, c: c, ldc: n)
  }
}
