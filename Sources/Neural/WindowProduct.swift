import CKernels

/// Rows of a matrix that lie in memory as the windows of an image: row i is made of `segments` runs of
/// `segment` floats, run s at `data[i * step + s * stride]`. Rows may overlap.
///
/// So a convolution of two dimensions is one matrix product, and nothing is copied.
public struct WindowRows {
  public var data: UnsafePointer<Float>
  /// Floats from a row to the next.
  public var step: Int
  /// Floats of a run.
  public var segment: Int
  /// Floats from a run to the next.
  public var stride: Int
  /// Runs of a row.
  public var segments: Int

  public init(
    _ data: UnsafePointer<Float>, step: Int, segment: Int, stride: Int = 0, segments: Int = 1
  ) {
    self.data = data
    self.step = step
    self.segment = segment
    self.stride = stride
    self.segments = segments
  }
}

extension ThreadPool {
  /// c = beta * c + rows [m, segments * segment] times b, which is [segments * segment, n]; the same
  /// bits for any number of threads.
  public func gemm(
    rows: WindowRows, m: Int, n: Int, b: UnsafePointer<Float>, beta: Float,
    c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    // Every block copies all of b: as few as keep the threads busy.
    let block = threads == 1 ? max(1, m) : max(240, (m / (3 * threads) + 239) / 240 * 240)
    nonisolated(unsafe) let rows = rows
    nonisolated(unsafe) let b = b
    nonisolated(unsafe) let c = c
    run((m + block - 1) / block) { task in
      let first = task * block
      MatrixProduct.multiply(
        sgk_operand(
          data: rows.data + first * rows.step, row: rows.step, transposed: 0,
          segment: rows.segment, stride: rows.stride),
        sgk_operand(data: b, row: n, transposed: 1, segment: 0, stride: 0),
        m: min(block, m - first), n: n, k: rows.segment * rows.segments, alpha: 1, beta: beta,
        c: c + first * ldc, ldc: ldc)
    }
  }
}
