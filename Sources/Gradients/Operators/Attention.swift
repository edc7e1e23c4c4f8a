import CKernels
import Neural

extension Tape {
  /// Scaled dot-product attention of several sequences that lie one after the other.
  ///
  /// q, k and v are [rows, heads * width]; `sequences` cuts the rows into sequences, which do not see
  /// each other. With `causal`, a row sees itself and those before it. Scores are not kept: the backward
  /// step computes them again, a block of queries at a time.
  public func attention(
    query q: Variable, key k: Variable, value v: Variable, heads: Int, sequences: [Range<Int>],
    causal: Bool
  ) -> Variable {
    precondition(q.columns == k.columns && q.columns == v.columns && q.columns % heads == 0)
    precondition(sequences.allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= q.rows })
    let shape = AttentionShape(
      columns: q.columns, width: q.columns / heads, heads: heads, causal: causal)
    let o = allocate(
      rows: q.rows, columns: q.columns, followed: [q, k, v].contains(where: isFollowed))
    if sequences.reduce(0, { $0 + $1.count }) < q.rows {
      value(o).update(repeating: 0, count: o.count)
    }
    let scratch = AttentionScratch(longest: sequences.map(\.count).max() ?? 0)
    shape.forEachBlock(of: sequences) { block in
      shape.scores(value(q), value(k), block, scratch)
      MatrixProduct.gemm(
        transposeA: false, transposeB: false, m: block.queries.count, n: shape.width,
        k: block.keys.count, a: scratch.scores.base, lda: block.keys.count,
        b: value(v) + shape.offset(block.keys.lowerBound, block.head), ldb: shape.columns,
        c: value(o) + shape.offset(block.queries.lowerBound, block.head), ldc: shape.columns)
      for (row, query) in block.queries.enumerated() {
        let line = value(o) + shape.offset(query, block.head)
        for i in 0..<shape.width { line[i] *= scratch.inverse[row] }
      }
    }
    record(o) { [unowned self] dy in
      let (dq, dk, dv) = (slope(q), slope(k), slope(v))
      let scratch = AttentionScratch(longest: sequences.map(\.count).max() ?? 0, backward: true)
      shape.forEachBlock(of: sequences) { block in
        let (m, n) = (block.queries.count, block.keys.count)
        let queries = shape.offset(block.queries.lowerBound, block.head)
        let keys = shape.offset(block.keys.lowerBound, block.head)
        shape.scores(value(q), value(k), block, scratch)
        MatrixProduct.gemm(
          transposeA: false, transposeB: true, m: m, n: n, k: shape.width, a: dy + queries,
          lda: shape.columns, b: value(v) + keys, ldb: shape.columns, c: scratch.slopes.base, ldc: n
        )
        sgk_softmax_backward(
          scratch.scores.base, scratch.inverse.base, scratch.slopes.base, m, n, n, shape.scale)
        MatrixProduct.gemm(
          transposeA: true, transposeB: false, m: n, n: shape.width, k: m, a: scratch.scores.base,
          lda: n, b: dy + queries, ldb: shape.columns, beta: 1, c: dv + keys, ldc: shape.columns)
        MatrixProduct.gemm(
          transposeA: false, transposeB: false, m: m, n: shape.width, k: n, a: scratch.slopes.base,
          lda: n, b: value(k) + keys, ldb: shape.columns, beta: 1, c: dq + queries,
          ldc: shape.columns)
        MatrixProduct.gemm(
          transposeA: true, transposeB: false, m: n, n: shape.width, k: m, a: scratch.slopes.base,
          lda: n, b: value(q) + queries, ldb: shape.columns, beta: 1, c: dk + keys,
          ldc: shape.columns)
      }
    }
    return o
  }
}
