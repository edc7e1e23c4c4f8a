import Neural

/// The quantised operands of a pass through the flow network.
struct PackedFlowRows {
  /// What the projections of width D read [branches * frames, D].
  let state: IntegerRows
  /// The feed-forward state [branches * frames, inner].
  let inner: IntegerRows
  /// Queries [branches * heads * frames, head width], always 16 bits: the scores of an attention
  /// suffer most.
  let queries: IntegerRows
  let scratch = AttentionScratch.Store()

  init(_ shape: FlowShape, branches: Int, frames: Int, element: IntegerElement) {
    let rows = branches * frames
    state = IntegerRows(element, rows: rows, width: shape.width)
    inner = IntegerRows(element, rows: rows, width: shape.inner)
    queries = IntegerRows(.int16, rows: rows * shape.heads, width: shape.width / shape.heads)
  }
}
