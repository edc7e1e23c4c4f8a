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
  /// What the views lie in beside the mapped file.
  private var owner: (any AnyObject & Sendable)?

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
    for view in header.views(in: file.bytes) { insert(view) }
  }

  /// The table of a file that `torch.save` wrote.
  init(torch file: TorchFile) throws(WeightsFailure) {
    for view in try file.stateDictionary() { insert(view) }
    owner = file
  }

  init() {}
}
