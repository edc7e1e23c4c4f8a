public import Neural

/// f32 numbers that a run keeps: a parameter, or what an optimiser remembers of it.
public struct NamedTensor: Sendable {
  /// Unique in its checkpoint.
  public let name: String
  /// Row-major; its product is the count of ``numbers``.
  public let shape: [Int]
  public let numbers: FloatBuffer

  public init(_ name: String, shape: [Int], _ numbers: FloatBuffer) {
    self.name = name
    self.shape = shape
    self.numbers = numbers
  }

  /// Elements by the shape; nil if that is impossible.
  var elements: Int? {
    var product = 1
    for size in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      guard size >= 0, !overflow else { return nil }
      product = next
    }
    return product
  }
}
