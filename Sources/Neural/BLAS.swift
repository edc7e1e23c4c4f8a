import CKernels

/// Row-major matrix products on the calling thread.
public enum BLAS {
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

  private static func multiply(
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

extension ThreadPool {
  /// ``BLAS/gemm(transposeA:transposeB:m:n:k:alpha:a:lda:b:ldb:beta:c:ldc:)`` over the pool: the same
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
      BLAS.gemm(
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
