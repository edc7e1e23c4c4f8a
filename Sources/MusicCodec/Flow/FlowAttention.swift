import CKernels
import Neural

/// Attention of all frames of a window to all others, in tiles of queries.
///
/// No matrix of frames x frames is kept: a task holds the scores of one head and one tile, which stay
/// in the cache between the two products.
struct FlowAttention: Sendable {
  static let tile = 256

  let frames: Int
  let heads: Int
  let width: Int
  /// Frames that may be attended to and attend; `nil` when all do, which is the rule.
  let mask: [Bool]?

  /// - Parameters:
  ///   - qkv: [branches * frames, 3 * heads * width], biased and turned.
  ///   - out: [branches * frames, heads * width].
  func apply(
    _ qkv: UnsafePointer<Float>, branches: Int, to out: UnsafeMutablePointer<Float>,
    pool: ThreadPool
  ) {
    let all = heads * width
    let tiles = (frames + Self.tile - 1) / Self.tile
    let scale = 1 / Float(width).squareRoot()
    nonisolated(unsafe) let qkv = qkv
    nonisolated(unsafe) let out = out
    pool.run(branches * heads * tiles) { task in
      let (branch, rest) = task.quotientAndRemainder(dividingBy: heads * tiles)
      let (head, tile) = rest.quotientAndRemainder(dividingBy: tiles)
      let first = tile * Self.tile
      let count = min(Self.tile, frames - first)
      let base = qkv + branch * frames * 3 * all + head * width
      let target = out + (branch * frames + first) * all + head * width
      withUnsafeTemporaryAllocation(of: Float.self, capacity: count * (frames + 1)) { scratch in
        guard let scores = scratch.baseAddress else { return }
        let inverse = scores + count * frames
        MatrixProduct.gemm(
          transposeA: false, transposeB: true, m: count, n: frames, k: width,
          a: base + first * 3 * all, lda: 3 * all, b: base + all, ldb: 3 * all, c: scores,
          ldc: frames)
        if let mask { Self.hide(scores, first: first, count: count, mask: mask) }
        sgk_softmax_rows(scores, count, frames, frames, scale, inverse)
        MatrixProduct.gemm(
          transposeA: false, transposeB: false, m: count, n: width, k: frames, a: scores,
          lda: frames, b: base + 2 * all, ldb: 3 * all, c: target, ldc: all)
        for row in 0..<count {
          let line = target + row * all
          let factor = inverse[row]
          for column in 0..<width { line[column] *= factor }
        }
      }
    }
  }

  /// Takes masked pairs out; a frame that is masked itself attends to all alike.
  static func hide(
    _ scores: UnsafeMutablePointer<Float>, first: Int, count: Int, mask: [Bool]
  ) {
    let frames = mask.count
    for row in 0..<count {
      let line = scores + row * frames
      if mask[first + row] {
        for column in 0..<frames where !mask[column] { line[column] = -1e30 }
      } else {
        line.update(repeating: 0, count: frames)
      }
    }
  }
}
