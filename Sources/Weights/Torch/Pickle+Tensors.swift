import Diagnostics

extension Pickle {
  /// What calling a known name with some arguments stands for.
  func rebuild(_ global: TorchGlobal, _ arguments: [Int]) throws(Problem) -> Node {
    switch global {
    case .orderedDictionary where arguments.isEmpty: return .dictionary([], isOrdered: true)
    case .size where arguments.count == 1:
      if case .tuple = nodes[arguments[0]] { return nodes[arguments[0]] }
    case .parameter where arguments.count >= 1:
      if case .tensor = nodes[arguments[0]] { return nodes[arguments[0]] }
    case .tensor where arguments.count >= 4: return try tensor(arguments, type: nil)
    case .tensor2 where arguments.count >= 6: return try tensor(arguments, type: nil)
    case .tensor3 where arguments.count >= 7:
      if case .global(.type(let type)) = nodes[arguments[6]] {
        return try tensor(arguments, type: type)
      }
    default: break
    }
    throw Problem("a tensor is put together in a way that is not known")
  }

  private func tensor(_ arguments: [Int], type: TensorType?) throws(Problem) -> Node {
    guard case .storage(let storage) = nodes[arguments[0]],
      case .integer(let offset) = nodes[arguments[1]]
    else { throw Problem("a tensor lacks its storage or its offset") }
    return .tensor(
      try PickledTensor(
        storage, type: type ?? storage.type, offset: offset, shape: integers(arguments[2]),
        strides: integers(arguments[3])))
  }

  private func integers(_ node: Int) throws(Problem) -> [Int] {
    guard case .tuple(let items) = nodes[node], items.count <= 64 else {
      throw Problem("the sizes of a tensor are no short tuple")
    }
    var result: [Int] = []
    for item in items {
      guard case .integer(let value) = nodes[item] else {
        throw Problem("a size of a tensor is no integer")
      }
      result.append(value)
    }
    return result
  }

  /// The storage that a persistent id names: `("storage", type, key, location, count, …)`.
  func storage(_ node: Int) throws(Problem) -> PickledStorage {
    guard case .tuple(let parts) = nodes[node], parts.count >= 5,
      case .string("storage") = nodes[parts[0]], case .global(.storage(let type)) = nodes[parts[1]],
      case .string(let key) = nodes[parts[2]], case .integer(let count) = nodes[parts[4]]
    else { throw Problem("a persistent id is not that of a storage") }
    if parts.count > 5 {
      guard case .none = nodes[parts[5]] else {
        throw Problem("a storage is a view of another one, as old versions wrote it; save it anew")
      }
    }
    guard count >= 0, type.byteCount(of: [count]) != nil else {
      throw Problem("a storage has the size \(count)")
    }
    return PickledStorage(key: key, type: type, count: count)
  }
}
