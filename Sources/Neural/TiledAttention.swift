import CKernels

/// Attention of many queries to many keys, in tiles of queries.
///
/// No matrix of queries x keys is kept: a task holds the scores of one head and one tile, which stay in
/// the cache between the two products. The same bits for any number of threads.
public struct TiledAttention: Sendable {
  public let heads: Int
  /// Floats of a head.
  public let width: Int

  /// Scores of a tile, at most: 1 MiB.
  private static let scores = 1 << 18

  public init(heads: Int, width: Int) {
    self.heads = heads
    self.width = width
  }

  /// out = softmax(q k^T / sqrt(width)) v, for each head.
  ///
  /// - Parameters:
  ///   - q: [queries, heads * width], rows `qStride` floats apart.
  ///   - k: [keys, heads * width], rows `kvStride` apart, as those of `v`.
  ///   - out: [queries, heads * width] without gaps.
  public func apply(
    q: UnsafePointer<Float>, qStride: Int, queries: Int, k: UnsafePointer<Float>,
    v: UnsafePointer<Float>, kvStride: Int, keys: Int, out: UnsafeMutablePointer<Float>,
    pool: ThreadPool
  ) {
    guard queries > 0, keys > 0 else { return }
    let (width, all) = (width, heads * width)
    let tile = min(256, max(32, Self.scores / keys / 8 * 8))
    let tiles = (queries + tile - 1) / tile
    let scale = 1 / Float(width).squareRoot()
    nonisolated(unsafe) let q = q
    nonisolated(unsafe) let k = k
    nonisolated(unsafe) let v = v
    nonisolated(unsafe) let out = out
    pool.run(heads * tiles) { task in
      let (head, part) = task.quotientAndRemainder(dividingBy: tiles)
      let first = part * tile
      let count = min(tile, queries - first)
      let column = head * width
      withUnsafeTemporaryAllocation(of: Float.self, capacity: count * (keys + 1)) { scratch in
        guard let scores = scratch.baseAddress else { return }
        let inverse = scores + count * keys
        MatrixProduct.gemm(
          transposeA: false, transposeB: true, m: count, n: keys, k: width,
          a: q + first * qStride + column, lda: qStride, b: k + column, ldb: kvStride, c: scores,
          ldc: keys)
        sgk_softmax_rows(scores, count, keys, keys, scale, inverse)
        MatrixProduct.gemm(
          transposeA: false, transposeB: false, m: count, n: width, k: keys, a: scores, lda: keys,
          b: v + column, ldb: kvStride, c: out + first * all + column, ldc: all)
        for row in 0..<count {
          let line = out + (first + row) * all + column
          for index in 0..<width { line[index] *= inverse[row] }
        }
      }
    }
  }
}
