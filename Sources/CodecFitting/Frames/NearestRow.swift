import Neural

/// The search for the row of a codebook with the largest product.
enum NearestRow {
  /// Frames whose products with all rows are made at a time: they stay in the cache.
  private static let block = 32

  /// Calls `body` with each frame, the row whose product with it is largest (of equals the lowest), and
  /// that product.
  ///
  /// - Parameters:
  ///   - frames: [count, width].
  ///   - directions: [size, width].
  static func find(
    _ frames: UnsafePointer<Float>, count: Int, directions: UnsafePointer<Float>, size: Int,
    width: Int, _ body: (Int, Int, Float) -> Void
  ) {
    let stride = (size + 15) / 16 * 16
    let products = FloatBuffer(count: block * stride)
    withExtendedLifetime(products) {
      // What no row fills must not win.
      products.base.update(repeating: -.infinity, count: products.count)
      for first in Swift.stride(from: 0, to: count, by: block) {
        let rows = min(block, count - first)
        MatrixProduct.gemm(
          transposeA: false, transposeB: true, m: rows, n: size, k: width,
          a: frames + first * width, lda: width, b: directions, ldb: width, c: products.base,
          ldc: stride)
        for row in 0..<rows {
          let (index, value) = largest(products.base + row * stride, stride)
          body(first + row, index, value)
        }
      }
    }
  }

  /// The first of the largest elements; `count` is a multiple of 16.
  private static func largest(_ values: UnsafePointer<Float>, _ count: Int) -> (Int, Float) {
    let raw = UnsafeRawPointer(values)
    var best = raw.loadUnaligned(as: SIMD16<Float>.self)
    var place = SIMD16<Int32>(repeating: 0)
    for first in Swift.stride(from: 16, to: count, by: 16) {
      let next = raw.loadUnaligned(fromByteOffset: first * 4, as: SIMD16<Float>.self)
      let better = next .> best
      best.replace(with: next, where: better)
      place.replace(with: SIMD16(repeating: Int32(truncatingIfNeeded: first)), where: better)
    }
    var index = Int.max
    let value = best.max()
    for lane in 0..<16 where best[lane] == value { index = min(index, Int(place[lane]) + lane) }
    return (index == .max ? 0 : index, value)
  }
}
