import Neural

/// What a tensor file of any format comes down to: names, and where or how to get their numbers.
struct TensorTable: Sendable {
  /// A tensor that the file holds in another form.
  struct Derived: Sendable {
    let shape: [Int]
    /// Its numbers, row-major; `file` keeps alive what they are made from.
    let make: @Sendable () throws(WeightsFailure) -> FloatBuffer
  }

  /// Text that the writer of the file added.
  var metadata: [String: String] = [:]
  /// In the order of their bytes.
  var names: [String] = []
  /// Tensors that lie in the file as they are.
  var views: [String: TensorView] = [:]
  var derived: [String: Derived] = [:]

  mutating func insert(_ view: TensorView) {
    names.append(view.name)
    views[view.name] = view
  }

  mutating func insert(_ name: String, _ tensor: Derived) {
    names.append(name)
    derived[name] = tensor
  }

  /// The table of a safetensors file.
  init(safetensors file: MappedFile) throws(WeightsFailure) {
    let header = try SafetensorsHeader(file.bytes, name: file.name)
    metadata = header.metadata
    let start = 8 + header.length
    for entry in header.entries {
      let range = start + entry.range.lowerBound..<start + entry.range.upperBound
      insert(
        TensorView(
          name: entry.name, shape: entry.shape, type: entry.type,
          bytes: UnsafeRawBufferPointer(rebasing: file.bytes[range])))
    }
  }

  init() {}
}
