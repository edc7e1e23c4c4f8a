import Glibc
import Neural
import Testing

struct TiledAttentionTests {
  private func random(_ count: Int, seed: UInt64) -> FloatBuffer {
    let values = FloatBuffer(count: count)
    Philox(seed: seed, stream: 7).fillNormals(values.elements, at: 0)
    return values
  }

  /// Queries and keys of different numbers, in wider rows; against the formula in double.
  @Test(arguments: [(1, 1), (3, 7), (40, 33), (33, 9000)])
  func matchesTheFormula(queries: Int, keys: Int) {
    let (heads, width) = (2, 6)
    let all = heads * width
    let (qStride, kvStride) = (all + 3, 2 * all + 1)
    let q = random(queries * qStride, seed: 1)
    let kv = random(keys * kvStride, seed: 2)
    var results: [[Float]] = []
    for threads in [1, 2] {
      let out = FloatBuffer(count: queries * all)
      withExtendedLifetime((q, kv, out)) {
        TiledAttention(heads: heads, width: width).apply(
          q: q.base, qStride: qStride, queries: queries, k: kv.base, v: kv.base + all,
          kvStride: kvStride, keys: keys, out: out.base, pool: ThreadPool(threads: threads))
      }
      results.append(Array(out))
    }
    #expect(results[0] == results[1])
    for query in 0..<queries {
      for head in 0..<heads {
        let scores = (0..<keys).map { key in
          (0..<width).reduce(0.0) {
            $0 + Double(q[query * qStride + head * width + $1])
              * Double(kv[key * kvStride + head * width + $1])
          } / Double(width).squareRoot()
        }
        let top = scores.max() ?? 0
        let weights = scores.map { exp($0 - top) }
        let total = weights.reduce(0, +)
        for index in 0..<width {
          let expected = (0..<keys).reduce(0.0) {
            $0 + weights[$1] * Double(kv[$1 * kvStride + all + head * width + index])
          }
          let ours = Double(results[0][query * all + head * width + index])
          #expect(abs(ours - expected / total) < 3e-6)
        }
      }
    }
  }
}
