import CKernels
import Diagnostics
public import Neural

/// A safetensors file, memory-mapped and checked.
///
/// Opening reads the header only. Every tensor it lists is known to lie inside the file, to overlap
/// no other and to have the size that its shape says.
public final class TensorFile: Sendable {
  /// The bytes below.
  public let file: MappedFile
  /// Text that the writer of the file added (`__metadata__`).
  public let metadata: [String: String]
  /// The tensors' names in the order of their bytes.
  public let names: [String]
  private let tensors: [String: TensorView]

  /// - Throws: `data` when the file is malformed or cut.
  public init(_ file: MappedFile) throws(WeightsFailure) {
    let header = try SafetensorsHeader(file.bytes, name: file.name)
    self.file = file
    metadata = header.metadata
    names = header.entries.map(\.name)
    let start = 8 + header.length
    var tensors: [String: TensorView] = [:]
    tensors.reserveCapacity(header.entries.count)
    for entry in header.entries {
      let range = start + entry.range.lowerBound..<start + entry.range.upperBound
      tensors[entry.name] = TensorView(
        name: entry.name, shape: entry.shape, type: entry.type,
        bytes: UnsafeRawBufferPointer(rebasing: file.bytes[range]))
    }
    self.tensors = tensors
  }

  /// A file on disk, outside of any model: reference tensors, given noise.
  public convenience init(path: String) throws(WeightsFailure) {
    try self.init(MappedFile(path: path, name: path))
  }

  /// The tensor of that name, or `nil`.
  public func view(_ name: String) -> TensorView? { tensors[name] }

  /// The tensor of that name.
  ///
  /// - Parameter shape: what it must be; `nil` for any.
  /// - Throws: `data` when it is missing or has another shape.
  public func require(_ name: String, shape: [Int]? = nil) throws(WeightsFailure) -> TensorView {
    guard let view = tensors[name] else {
      throw .malformed(file.name, "lacks tensor '\(printable(name, limit: 120))'")
    }
    if let shape, view.shape != shape {
      throw .malformed(
        file.name,
        "tensor '\(printable(name, limit: 120))' has shape \(view.shapeText), expected \(TensorView.text(shape))"
      )
    }
    return view
  }

  /// The numbers of a tensor as f32; F64 is rounded, F16 and BF16 are widened.
  ///
  /// - Throws: `data` when it is missing, has another shape, or holds no floating-point numbers.
  public func floats(_ name: String, shape: [Int]? = nil) throws(WeightsFailure) -> FloatBuffer {
    let view = try require(name, shape: shape)
    let buffer = FloatBuffer(count: view.count)
    guard view.copyFloats(to: buffer.elements) else {
      throw .malformed(
        file.name,
        "tensor '\(printable(name, limit: 120))' is \(view.type.rawValue), not floating point")
    }
    return buffer
  }

  /// ``floats(_:shape:)`` as an array.
  public func array(_ name: String, shape: [Int]? = nil) throws(WeightsFailure) -> [Float] {
    let buffer = try floats(name, shape: shape)
    return withExtendedLifetime(buffer) { Array(buffer.elements) }
  }

  /// The numbers of a tensor of integers.
  ///
  /// - Throws: `data` when it is missing, has another shape, or holds something else.
  public func integers(_ name: String, shape: [Int]? = nil) throws(WeightsFailure) -> [Int] {
    let view = try require(name, shape: shape)
    guard let values = view.integers() else {
      throw .malformed(
        file.name, "tensor '\(printable(name, limit: 120))' is \(view.type.rawValue), not integer")
    }
    return values
  }

  /// The numbers of a tensor as f64.
  ///
  /// - Throws: `data` when it is missing, has another shape, or holds no floating-point numbers.
  public func doubles(_ name: String, shape: [Int]? = nil) throws(WeightsFailure) -> [Double] {
    let view = try require(name, shape: shape)
    guard view.type == .f64 else { return try array(name, shape: shape).map(Double.init) }
    return (0..<view.count).map {
      view.bytes.loadUnaligned(fromByteOffset: $0 * 8, as: Double.self)
    }
  }
}
