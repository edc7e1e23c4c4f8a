/// What a tensor is called and how large it is, without its numbers.
public struct TensorSpec: Sendable, Hashable {
  public let name: String
  public let type: TensorType
  /// Row-major; empty for a single number.
  public let shape: [Int]

  public init(name: String, type: TensorType, shape: [Int]) {
    self.name = name
    self.type = type
    self.shape = shape
  }

  /// The specification of a tensor of a file.
  public init(_ view: TensorView) {
    self.init(name: view.name, type: view.type, shape: view.shape)
  }

  /// Bytes of its numbers; `nil` if a size is negative or the product does not fit.
  public var byteCount: Int? { type.byteCount(of: shape) }
}

extension TensorType {
  /// Bytes of a tensor of this type; `nil` if a size is negative, the product does not fit, or rows are
  /// not of whole blocks.
  func byteCount(of shape: [Int]) -> Int? {
    var size = self.size
    // A zero anywhere makes the tensor empty, however large the other sizes are.
    guard shape.allSatisfy({ $0 >= 0 }) else { return nil }
    if shape.contains(0) { return 0 }
    guard (shape.last ?? 1).isMultiple(of: block) else { return nil }
    for (axis, dimension) in shape.enumerated() {
      let dimension = axis == shape.count - 1 ? dimension / block : dimension
      let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
      guard !overflow else { return nil }
      size = product
    }
    return size
  }
}
