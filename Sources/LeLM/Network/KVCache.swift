import Neural

/// Keys and values of all positions seen so far, for every layer and guidance row.
///
/// Layout [layer][row][head][position][head width], f32, so that one head's past is contiguous.
/// Memory is reserved for `capacity` positions and taken only as positions arrive.
final class KVCache {
  let rows: Int
  let capacity: Int
  private let heads: Int
  private let headWidth: Int
  private let keyBuffer: FloatBuffer
  private let valueBuffer: FloatBuffer
  /// Positions filled.
  var length = 0

  init(shape: TransformerShape, rows: Int, capacity: Int) {
    self.rows = rows
    self.capacity = capacity
    heads = shape.heads
    headWidth = shape.headWidth
    let count = shape.layers * rows * heads * capacity * headWidth
    keyBuffer = FloatBuffer(count: count)
    valueBuffer = FloatBuffer(count: count)
  }

  private func offset(_ layer: Int, _ row: Int, _ head: Int) -> Int {
    ((layer * rows + row) * heads + head) * capacity * headWidth
  }

  /// Keys [capacity, headWidth] of one head.
  func keys(layer: Int, row: Int, head: Int) -> UnsafeMutablePointer<Float> {
    keyBuffer.base + offset(layer, row, head)
  }

  /// Values [capacity, headWidth] of one head.
  func values(layer: Int, row: Int, head: Int) -> UnsafeMutablePointer<Float> {
    valueBuffer.base + offset(layer, row, head)
  }
}
