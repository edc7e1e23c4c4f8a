/// A storage as a pickle names it.
struct PickledStorage: Hashable {
  let key: String
  let type: TensorType
  /// Elements.
  let count: Int
}

/// A tensor as a pickle describes it: a view of a storage.
struct PickledTensor {
  let storage: PickledStorage
  let type: TensorType
  let shape: [Int]
  /// Bytes of the storage before the first element.
  let start: Int
  /// Bytes of the storage from the first element to the end of the last one.
  let span: Int
  /// Bytes of the elements.
  let size: Int
  /// Elements between neighbours along each axis.
  let strides: [Int]

  /// Whether the elements follow each other in the order of the shape.
  var isContiguous: Bool {
    guard size > 0 else { return true }
    var expected = 1
    for (size, stride) in zip(shape, strides).reversed() where size != 1 {
      guard stride == expected else { return false }
      expected *= size
    }
    return true
  }

  /// Checks what the pickle says.
  ///
  /// - Returns: `nil` with the reason when it lies outside the storage.
  init(
    _ storage: PickledStorage, type: TensorType, offset: Int, shape: [Int], strides: [Int]
  ) throws(Pickle.Problem) {
    guard shape.count == strides.count, shape.count <= SafetensorsHeader.maximumRank else {
      throw Pickle.Problem("a tensor has \(shape.count) sizes and \(strides.count) strides")
    }
    guard offset >= 0, shape.allSatisfy({ $0 >= 0 }), strides.allSatisfy({ $0 >= 0 }) else {
      throw Pickle.Problem("a tensor has a negative size, stride or offset")
    }
    guard let size = type.byteCount(of: shape),
      let available = storage.type.byteCount(of: [storage.count])
    else { throw Pickle.Problem("a tensor is impossibly large") }
    var last = 0
    var overflow = false
    for (size, stride) in zip(shape, strides) where size > 1 {
      let (reach, over) = (size - 1).multipliedReportingOverflow(by: stride)
      let (sum, over2) = last.addingReportingOverflow(reach)
      (last, overflow) = (sum, overflow || over || over2)
    }
    let (start, over) = offset.multipliedReportingOverflow(by: type.size)
    let (span, over2) =
      size == 0 ? (0, false) : (last &+ 1).multipliedReportingOverflow(by: type.size)
    guard !overflow, !over, !over2, last < .max, start <= available, span <= available - start
    else {
      throw Pickle.Problem("a tensor reaches beyond its storage")
    }
    guard size <= available else {
      throw Pickle.Problem("a tensor repeats elements of its storage; save a copy of it instead")
    }
    self.storage = storage
    self.type = type
    self.shape = shape
    self.start = start
    self.span = span
    self.size = size
    self.strides = strides
  }
}
