import CKernels
import Neural

/// Some queries of one head, and the keys that they can see.
struct AttentionBlock {
  let head: Int
  let queries: Range<Int>
  let keys: Range<Int>
}

/// What a block of scores needs.
final class AttentionScratch {
  /// [queries, keys]: the scores, and what becomes of them.
  let scores: FloatBuffer
  /// [queries, keys]: their gradient.
  let slopes: FloatBuffer
  /// [queries]: 1 over the sum of a row of scores.
  let inverse: FloatBuffer

  init(longest: Int, backward: Bool = false) {
    scores = FloatBuffer(count: AttentionShape.blockRows * longest)
    slopes = FloatBuffer(count: backward ? AttentionShape.blockRows * longest : 0)
    inverse = FloatBuffer(count: AttentionShape.blockRows)
  }
}

/// How attention is cut into blocks.
struct AttentionShape {
  static let blockRows = 64
  let columns: Int
  let width: Int
  let heads: Int
  let causal: Bool

  var scale: Float { 1 / Float(width).squareRoot() }

  func offset(_ row: Int, _ head: Int) -> Int { row * columns + head * width }

  func forEachBlock(of sequences: [Range<Int>], _ body: (AttentionBlock) -> Void) {
    for sequence in sequences {
      for head in 0..<heads {
        for start in stride(from: sequence.lowerBound, to: sequence.upperBound, by: Self.blockRows)
        {
          let end = min(start + Self.blockRows, sequence.upperBound)
          body(
            AttentionBlock(
              head: head, queries: start..<end,
              keys: sequence.lowerBound..<(causal ? end : sequence.upperBound)))
        }
      }
    }
  }

  /// e^(scale q k - max) of a block, 0 where a query must not look, and 1 over the sums.
  func scores(
    _ q: UnsafeMutablePointer<Float>, _ k: UnsafeMutablePointer<Float>, _ block: AttentionBlock,
    _ scratch: AttentionScratch
  ) {
    let n = block.keys.count
    MatrixProduct.gemm(
      transposeA: false, transposeB: true, m: block.queries.count, n: n, k: width,
      a: q + offset(block.queries.lowerBound, block.head), lda: columns,
      b: k + offset(block.keys.lowerBound, block.head), ldb: columns, c: scratch.scores.base, ldc: n
    )
    if causal { fill(scratch, block, with: -.infinity) }
    sgk_softmax_rows(
      scratch.scores.base, block.queries.count, n, n, scale, scratch.inverse.base)
    if causal { fill(scratch, block, with: 0) }
  }

  /// Overwrites the scores of keys that come after their query.
  private func fill(_ scratch: AttentionScratch, _ block: AttentionBlock, with value: Float) {
    let n = block.keys.count
    for (row, query) in block.queries.enumerated() {
      let first = query + 1 - block.keys.lowerBound
      if first < n {
        (scratch.scores.base + row * n + first).update(repeating: value, count: n - first)
      }
    }
  }
}
