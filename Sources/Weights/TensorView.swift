/// One tensor of a file: its shape, its type, and where its bytes are.
public struct TensorView: @unchecked Sendable {
  public let name: String
  /// Row-major; empty for a single number.
  public let shape: [Int]
  public let type: TensorType
  /// `count / type.block * type.size` little-endian bytes, of any alignment; valid while the file
  /// lives.
  public let bytes: UnsafeRawBufferPointer

  /// The number of elements.
  public var count: Int { bytes.count / type.size * type.block }

  /// `[2, 3]` as text.
  var shapeText: String { Self.text(shape) }

  static func text(_ shape: [Int]) -> String {
    "[" + shape.map(String.init).joined(separator: ", ") + "]"
  }
}
