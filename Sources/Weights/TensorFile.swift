import Diagnostics
public import Neural

/// A file of named tensors, memory-mapped and checked: safetensors, or what `torch.save` wrote.
///
/// Which of them is told by the content. Opening reads the header only. Every tensor it lists is known
/// to lie inside the file and to have the size that its shape says.
public final class TensorFile: Sendable {
  /// The forms of tensor files.
  public enum Format: String, Sendable, Hashable {
    case safetensors
    case torch
  }

  /// The bytes below.
  public let file: MappedFile
  /// How they are put down.
  public let format: Format
  /// Text that the writer of the file added (`__metadata__`).
  public let metadata: [String: String]
  /// The tensors' names in the order of their bytes.
  public let names: [String]
  private let tensors: [String: TensorView]
  /// What the tensors lie in.
  private let owner: any AnyObject & Sendable

  /// - Throws: `data` when the file is malformed or cut.
  public init(_ file: MappedFile) throws(WeightsFailure) {
    self.file = file
    let views: [TensorView]
    switch Self.format(of: file.bytes) {
    case .torch:
      let torch = try TorchFile(file)
      (format, metadata, owner) = (.torch, [:], torch)
      views = try torch.stateDictionary()
    case .safetensors, nil:
      let header = try SafetensorsHeader(file.bytes, name: file.name)
      (format, metadata, owner) = (.safetensors, header.metadata, file)
      views = header.views(in: file.bytes)
    }
    names = views.map(\.name)
    tensors = Dictionary(views.map { ($0.name, $0) }) { first, _ in first }
  }

  /// The form of a tensor file, by its first bytes; `nil` for other files.
  public static func format(of bytes: UnsafeRawBufferPointer) -> Format? {
    if TorchFile.begins(bytes) { return .torch }
    return SafetensorsHeader.begins(bytes) ? .safetensors : nil
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
