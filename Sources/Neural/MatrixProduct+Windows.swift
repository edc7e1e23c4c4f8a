import CKernels

extension MatrixProduct {
  /// As ``convolve(rows:channels:taps:dilation:m:n:b:beta:c:)`` for windows of any make: c = windows
  /// [m, runs * run] times b.
  ///
  /// Window i begins `step` floats after window i - 1. It is made of `runs` runs of `run` floats that lie
  /// `stride` apart: the taps of a convolution in two dimensions, say. b is [runs * run, n], c [m, n].
  public static func convolve(
    windows: UnsafePointer<Float>, step: Int, run: Int, runs: Int, stride: Int, m: Int, n: Int,
    b: UnsafePointer<Float>, c: UnsafeMutablePointer<Float>
  ) {
    multiply(
      sgk_operand(data: windows, row: step, transposed: 0, segment: run, stride: stride),
      sgk_operand(data: b, row: n, transposed: 1, segment: 0, stride: 0), m: m, n: n,
      k: runs * run, alpha: 1, beta: 0, c: c, ldc: n)
  }
}
