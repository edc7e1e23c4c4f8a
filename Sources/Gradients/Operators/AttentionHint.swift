import CKernels
import Neural

extension Tape {
  /// How little a head of causal attention looks where it should: -log of the weight on a key.
  ///
  /// - Parameters:
  ///   - query, key: [rows, heads * width], as ``attention(query:key:value:heads:sequences:causal:)``
  ///     takes them.
  ///   - targets: for some heads, the row of the key that each row should look at, or -1.
  /// - Returns: [rows, 1], the sum over the heads; 0 for rows without a target.
  public func attentionHint(
    query q: Variable, key k: Variable, heads: Int, sequences: [Range<Int>],
    targets: [(head: Int, rows: [Int32])]
  ) -> Variable {
    let shape = AttentionShape(
      columns: q.columns, width: q.columns / heads, heads: heads, causal: true)
    let y = allocate(rows: q.rows, columns: 1, followed: isFollowed(q) || isFollowed(k))
    value(y).update(repeating: 0, count: y.count)
    func forEachHint(_ body: (AttentionBlock, [Int32]) -> Void) {
      shape.forEachBlock(of: sequences) { block in
        for (head, rows) in targets where head == block.head {
          if block.queries.contains(where: { rows[$0] >= 0 }) { body(block, rows) }
        }
      }
    }
    let scratch = AttentionScratch(longest: sequences.map(\.count).max() ?? 0, backward: true)
    forEachHint { block, rows in
      shape.scores(value(q), value(k), block, scratch)
      for (row, query) in block.queries.enumerated() where rows[query] >= 0 {
        let target = Int(rows[query]) - block.keys.lowerBound
        precondition(
          target >= 0 && target + block.keys.lowerBound <= query, "a hint to what is not seen")
        let weight = scratch.scores[row * block.keys.count + target] * scratch.inverse[row]
        value(y)[query] -= logarithm(weight)
      }
    }
    record(y) { [unowned self] dy in
      forEachHint { block, rows in
        let (m, n) = (block.queries.count, block.keys.count)
        shape.scores(value(q), value(k), block, scratch)
        for (row, query) in block.queries.enumerated() {
          let line = scratch.scores.base + row * n
          guard rows[query] >= 0 else {
            line.update(repeating: 0, count: n)
            continue
          }
          let factor = dy[query] * shape.scale
          for i in 0..<n { line[i] *= scratch.inverse[row] * factor }
          line[Int(rows[query]) - block.keys.lowerBound] -= factor
        }
        let queries = shape.offset(block.queries.lowerBound, block.head)
        let keys = shape.offset(block.keys.lowerBound, block.head)
        MatrixProduct.gemm(
          transposeA: false, transposeB: false, m: m, n: shape.width, k: n, a: scratch.scores.base,
          lda: n, b: value(k) + keys, ldb: shape.columns, beta: 1, c: slope(q) + queries,
          ldc: shape.columns)
        MatrixProduct.gemm(
          transposeA: true, transposeB: false, m: n, n: shape.width, k: m, a: scratch.scores.base,
          lda: n, b: value(q) + queries, ldb: shape.columns, beta: 1, c: slope(k) + keys,
          ldc: shape.columns)
      }
    }
    return y
  }
}
