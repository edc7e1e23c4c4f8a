import Diagnostics

/// Turns the numbered values of a pickle into nested ones, tensors resolved to bytes of the file.
struct TorchValueBuilder {
  private let layout: TorchLayout
  private let bytes: UnsafeRawBufferPointer
  private var budget = Pickle.values
  /// Where each tensor lies in the file, to find those that overlap.
  private var spans: [(range: Range<Int>, isContiguous: Bool)] = []
  private var copiedBytes = 0
  private(set) var copies: [MappedFile] = []

  init(_ layout: TorchLayout, _ bytes: UnsafeRawBufferPointer) {
    self.layout = layout
    self.bytes = bytes
  }

  mutating func build() throws(Pickle.Problem) -> TorchValue {
    let value = try value(layout.pickle.root, level: 0)
    try checkOverlap()
    return value
  }

  private mutating func value(_ index: Int, level: Int) throws(Pickle.Problem) -> TorchValue {
    guard level <= TorchFile.depth else {
      throw Pickle.Problem("its values are nested more than \(TorchFile.depth) deep")
    }
    budget -= 1
    guard budget > 0 else {
      throw Pickle.Problem("its values, written out, would be more than \(Pickle.values)")
    }
    switch layout.pickle.nodes[index] {
    case .none: return .none
    case .bool(let value): return .bool(value)
    case .integer(let value): return .integer(value)
    case .number(let value): return .number(value)
    case .string(let value): return .string(value)
    case .list(let items): return .list(try values(items, level))
    case .tuple(let items): return .tuple(try values(items, level))
    case .tensor(let tensor): return .tensor(try view(tensor))
    case .dictionary(let items, _):
      var pairs: [(key: TorchValue, value: TorchValue)] = []
      var names: Set<String> = []
      for position in stride(from: 0, to: items.count, by: 2) {
        let key = try value(items[position], level: level + 1)
        if let name = key.string {
          guard names.insert(name).inserted else {
            throw Pickle.Problem("the key '\(printable(name, limit: 100))' comes twice")
          }
        }
        pairs.append((key, try value(items[position + 1], level: level + 1)))
      }
      return .dictionary(pairs)
    case .global(.type): return .none
    case .global, .storage:
      throw Pickle.Problem("it holds \(layout.pickle.nodes[index].kind) where a value should be")
    }
  }

  private mutating func values(_ items: [Int], _ level: Int) throws(Pickle.Problem) -> [TorchValue]
  {
    var result: [TorchValue] = []
    for item in items { result.append(try value(item, level: level + 1)) }
    return result
  }

  private mutating func view(_ tensor: PickledTensor) throws(Pickle.Problem) -> TensorView {
    let storage = tensor.storage
    guard let range = layout.storages[storage.key] else {
      throw Pickle.Problem("storage '\(printable(storage.key, limit: 40))' is missing")
    }
    guard range.count == storage.type.byteCount(of: [storage.count]) else {
      throw Pickle.Problem(
        "storage '\(printable(storage.key, limit: 40))' has \(range.count) bytes, "
          + "not \(storage.count) elements of \(storage.type.rawValue)")
    }
    let start = range.lowerBound + tensor.start
    let lying = UnsafeRawBufferPointer(rebasing: bytes[start..<start + tensor.span])
    if tensor.span > 0 { spans.append((start..<start + tensor.span, tensor.isContiguous)) }
    guard !tensor.isContiguous else {
      return TensorView(name: "", shape: tensor.shape, type: tensor.type, bytes: lying)
    }
    copiedBytes += tensor.size
    guard copiedBytes <= TorchFile.copied else {
      throw Pickle.Problem(
        "more than \(TorchFile.copied >> 20) MiB of its tensors lie with gaps; "
          + "save them after .contiguous()")
    }
    let copy = MappedFile(name: "", copying: gather(tensor, lying))
    copies.append(copy)
    return TensorView(name: "", shape: tensor.shape, type: tensor.type, bytes: copy.bytes)
  }

  /// The elements of a tensor in the order of its shape.
  private func gather(_ tensor: PickledTensor, _ source: UnsafeRawBufferPointer) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(tensor.size)
    var index = Array(repeating: 0, count: tensor.shape.count)
    let width = tensor.type.size
    while result.count < tensor.size {
      let element = zip(index, tensor.strides).reduce(0) { $0 + $1.0 * $1.1 }
      result += source[element * width..<(element + 1) * width]
      for axis in index.indices.reversed() {
        index[axis] += 1
        if index[axis] < tensor.shape[axis] { break }
        index[axis] = 0
      }
    }
    return result
  }

  /// Tensors lie apart from each other, or are one and the same (tied weights).
  private func checkOverlap() throws(Pickle.Problem) {
    let sorted = spans.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var total = 0
    for (span, next) in zip(sorted, sorted.dropFirst()) {
      total += next.range.count
      guard next.range.lowerBound >= span.range.upperBound || next.range == span.range else {
        throw Pickle.Problem("two of its tensors overlap")
      }
    }
    guard total <= 4 * bytes.count else {
      throw Pickle.Problem("its tensors, written out, are far larger than the file")
    }
  }
}
