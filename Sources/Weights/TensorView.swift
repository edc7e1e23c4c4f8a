/// One tensor of a file: its shape, its type, and where its bytes are.
public struct TensorView: @unchecked Sendable {
  public let name: String
  /// Row-major; empty for a single number.
  public let shape: [Int]
  public let type: TensorType
  /// `count / type.block * type.size` little-endian bytes, of any alignment; valid while the file
  /// lives.
  public let bytes: UnsafeRawBufferPointer

  /// - Parameter bytes: as many as type and shape say.
  init(name: String, shape: [Int], type: TensorType, bytes: UnsafeRawBufferPointer) {
    self.name = name
    self.shape = shape
    self.type = type
    self.bytes = bytes
  }

  /// The number of elements.
  public var count: Int { bytes.count / type.size * type.block }

  /// The same tensor under another name.
  func named(_ name: String) -> TensorView {
    TensorView(name: name, shape: shape, type: type, bytes: bytes)
  }

  /// `[2, 3]` as text.
  public var shapeText: String { Self.text(shape) }

  public static func text(_ shape: [Int]) -> String {
    "[" + shape.map(String.init).joined(separator: ", ") + "]"
  }
}
