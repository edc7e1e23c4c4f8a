import Neural

/// Working memory of a forward pass, grown to the largest batch seen.
final class TransformerScratch: @unchecked Sendable {
  private(set) var norm = FloatBuffer(count: 0)  // [vectors, D]
  private(set) var query = FloatBuffer(count: 0)  // [vectors, D]
  private(set) var key = FloatBuffer(count: 0)  // [vectors, D]
  private(set) var value = FloatBuffer(count: 0)  // [vectors, D]
  private(set) var gate = FloatBuffer(count: 0)  // [vectors, F]
  private(set) var up = FloatBuffer(count: 0)  // [vectors, F]
  /// What goes into packed matrices, [vectors, D] and [vectors, F].
  let narrow = QuantisedRows()
  let wide = QuantisedRows()

  func reserve(vectors: Int, shape: TransformerShape) {
    let narrow = vectors * shape.width
    if norm.count < narrow {
      norm = FloatBuffer(count: narrow)
      query = FloatBuffer(count: narrow)
      key = FloatBuffer(count: narrow)
      value = FloatBuffer(count: narrow)
    }
    let wide = vectors * shape.feedForward
    if gate.count < wide {
      gate = FloatBuffer(count: wide)
      up = FloatBuffer(count: wide)
    }
  }

  /// Gives the memory of a large batch back.
  func release() {
    norm = FloatBuffer(count: 0)
    query = FloatBuffer(count: 0)
    key = FloatBuffer(count: 0)
    value = FloatBuffer(count: 0)
    gate = FloatBuffer(count: 0)
    up = FloatBuffer(count: 0)
    narrow.release()
    wide.release()
  }
}
