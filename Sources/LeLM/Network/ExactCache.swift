import CKernels
import Neural

/// Keys and values in f32.
///
/// Layout [layer][row][head][position][head width], so that one head's past is contiguous. Memory is
/// reserved for `capacity` positions and taken only as positions arrive.
final class ExactCache: KVCache, @unchecked Sendable {
  let rows: Int
  var lengths: [Int]
  private let shape: TransformerShape
  private let capacity: Int
  private let keyBuffer: FloatBuffer
  private let valueBuffer: FloatBuffer

  init(shape: TransformerShape, rows: Int, capacity: Int) {
    self.rows = rows
    self.capacity = capacity
    self.shape = shape
    lengths = [Int](repeating: 0, count: rows)
    let count = shape.layers * rows * shape.heads * capacity * shape.headWidth
    keyBuffer = FloatBuffer(count: count)
    valueBuffer = FloatBuffer(count: count)
  }

  private func offset(_ layer: Int, _ row: Int, _ head: Int) -> Int {
    ((layer * rows + row) * shape.heads + head) * capacity * shape.headWidth
  }

  func reserve(positions: Int) {
    precondition(positions <= capacity, "a song longer than its cache")
  }

  func store(
    layer: Int, row: Int, head: Int, position: Int, key: UnsafePointer<Float>,
    value: UnsafePointer<Float>
  ) {
    let place = offset(layer, row, head) + position * shape.headWidth
    (keyBuffer.base + place).update(from: key, count: shape.headWidth)
    (valueBuffer.base + place).update(from: value, count: shape.headWidth)
  }

  func attend(
    layer: Int, row: Int, head: Int, queries: UnsafePointer<Float>, count: Int, position: Int,
    stride: Int, scale: Float, out: UnsafeMutablePointer<Float>
  ) {
    let width = shape.headWidth
    let keys = keyBuffer.base + offset(layer, row, head)
    let values = valueBuffer.base + offset(layer, row, head)
    let seen = position + count
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count * seen) { scores in
      guard let base = scores.baseAddress else { return }
      if count == 1 {
        sgk_attend(queries, keys, values, seen, width, scale, base, out)
        return
      }
      BLAS.gemm(
        transposeA: false, transposeB: true, m: count, n: seen, k: width, a: queries, lda: stride,
        b: keys, ldb: width, c: base, ldc: seen)
      for i in 0..<count {
        let visible = position + i + 1
        sgk_softmax_scaled(base + i * seen, visible, scale)
        (base + i * seen + visible).update(repeating: 0, count: seen - visible)
      }
      BLAS.gemm(
        transposeA: false, transposeB: false, m: count, n: width, k: seen, a: base, lda: seen,
        b: values, ldb: width, c: out, ldc: stride)
    }
  }

  func snapshot(row: Int, positions: Int) -> CacheSnapshot {
    let part = positions * shape.headWidth
    let parts = [keyBuffer, valueBuffer].map { source in
      let copy = FloatBuffer(count: shape.layers * shape.heads * part)
      forEachHead(row) { index, place in
        (copy.base + index * part).update(from: source.base + place, count: part)
      }
      return copy
    }
    return CacheSnapshot(positions: positions, parts: parts)
  }

  func restore(_ snapshot: CacheSnapshot, row: Int) {
    let part = snapshot.positions * shape.headWidth
    for (source, target) in zip(snapshot.parts, [keyBuffer, valueBuffer]) {
      forEachHead(row) { index, place in
        (target.base + place).update(from: source.base + index * part, count: part)
      }
    }
    lengths[row] = snapshot.positions
  }

  private func forEachHead(_ row: Int, _ body: (Int, Int) -> Void) {
    for layer in 0..<shape.layers {
      for head in 0..<shape.heads { body(layer * shape.heads + head, offset(layer, row, head)) }
    }
  }
}
