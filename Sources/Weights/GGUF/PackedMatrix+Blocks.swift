public import Neural

extension PackedMatrix {
  /// A q8 matrix of the very integers and scales of a Q8_0 tensor, whose groups are the same.
  ///
  /// - Returns: `nil` for a tensor that is no such matrix, or has the integer -128, which q8 has not.
  public init?(blocks view: TensorView) {
    guard view.type == .q80, view.shape.count == 2, view.shape[0] > 0, view.shape[1] > 0,
      let source = view.bytes.baseAddress
    else { return nil }
    let layout = PackedLayout(.q8, rows: view.shape[0], columns: view.shape[1])
    let values = FloatBuffer(count: (layout.valueBytes + 3) / 4)
    let scales = FloatBuffer(count: (layout.scaleCount + 1) / 2)
    let valueBase = UnsafeMutableRawPointer(values.base)
    let scaleBase = UnsafeMutableRawPointer(scales.base).assumingMemoryBound(to: UInt16.self)
    let size = TensorType.q80.size
    for row in 0..<layout.rows {
      let panel = row / PackedLayout.panelRows
      for group in 0..<layout.groups {
        let block = source + (row * layout.groups + group) * size
        let integers = (block + 2).assumingMemoryBound(to: Int8.self)
        for index in 0..<32 where integers[index] == -128 { return nil }
        layout.put(
          row: row % PackedLayout.panelRows, group: group, integers: integers,
          scale: UInt16(littleEndian: block.loadUnaligned(as: UInt16.self)),
          values: valueBase + panel * layout.panelBytes,
          scales: scaleBase + panel * layout.panelScales)
      }
    }
    self.init(
      layout, values: UnsafeRawPointer(valueBase), scales: UnsafePointer(scaleBase),
      owner: [values, scales] as AnyObject)
  }
}
