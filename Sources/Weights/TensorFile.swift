import Diagnostics
public import Neural

/// A file of tensors, memory-mapped and checked: safetensors, GGUF as LeVo2.cpp writes it, or what
/// `torch.save` wrote, told apart by content. Tensors have the official names in all of them.
///
/// Opening reads the header only. Every tensor it lists is known to lie inside the file and to have
/// the size that its shape says.
public final class TensorFile: Sendable {
  /// The forms of tensor files.
  public enum Format: String, Sendable, Hashable {
    case safetensors
    case gguf
    case torch
  }

  /// The bytes below.
  public let file: MappedFile
  private let table: TensorTable
  /// How the tensors are put down.
  public let format: Format

  /// Text that the writer of the file added (`__metadata__`).
  public var metadata: [String: String] { table.metadata }
  /// The tensors' names in the order of their bytes.
  public var names: [String] { table.names }
  /// The header of a GGUF file.
  let gguf: GGUFHeader?

  /// - Throws: `data` when the file is malformed or cut.
  public init(_ file: MappedFile) throws(WeightsFailure) {
    self.file = file
    format = withExtendedLifetime(file) { Self.format(of: file.bytes) } ?? .safetensors
    switch format {
    case .gguf:
      let header = try GGUFHeader(file.bytes, name: file.name)
      gguf = header
      table = try TensorTable(gguf: header, file)
    case .torch:
      gguf = nil
      table = try TensorTable(torch: TorchFile(file))
    case .safetensors:
      gguf = nil
      table = try TensorTable(safetensors: file)
    }
  }

  /// The form of a tensor file, by its first bytes; `nil` for other files.
  public static func format(of bytes: UnsafeRawBufferPointer) -> Format? {
    if GGUFHeader.isOne(bytes) { return .gguf }
    if TorchFile.begins(bytes) { return .torch }
    return SafetensorsHeader.begins(bytes) ? .safetensors : nil
  }

  /// A file on disk, outside of any model: reference tensors, given noise.
  public convenience init(path: String) throws(WeightsFailure) {
    try self.init(MappedFile(path: path, name: path))
  }

  /// Where the tensor of that name lies; `nil` when there is none, or the file holds it in another
  /// form.
  public func view(_ name: String) -> TensorView? { table.views[name] }

  /// The shape of a tensor, or `nil` when there is none of that name.
  public func shape(of name: String) -> [Int]? {
    table.views[name]?.shape ?? table.derived[name]?.shape
  }

  /// Where the tensor of that name lies.
  ///
  /// - Parameter shape: what it must be; `nil` for any.
  /// - Throws: `data` when it is missing, has another shape, or is held in another form.
  public func require(_ name: String, shape: [Int]? = nil) throws(WeightsFailure) -> TensorView {
    try check(name, shape: shape)
    guard let view = table.views[name] else {
      throw .malformed(
        file.name, "tensor '\(printable(name, limit: 120))' does not lie there as it is used")
    }
    return view
  }

  private func check(_ name: String, shape: [Int]?) throws(WeightsFailure) {
    guard let found = self.shape(of: name) else {
      throw .malformed(file.name, "lacks tensor '\(printable(name, limit: 120))'")
    }
    if let shape, found != shape {
      throw .malformed(
        file.name,
        "tensor '\(printable(name, limit: 120))' has shape \(TensorView.text(found)), expected \(TensorView.text(shape))"
      )
    }
  }

  /// The numbers of a tensor as f32; F64 is rounded, smaller types are widened.
  ///
  /// - Throws: `data` when it is missing, has another shape, or holds no floating-point numbers.
  public func floats(_ name: String, shape: [Int]? = nil) throws(WeightsFailure) -> FloatBuffer {
    try check(name, shape: shape)
    if let derived = table.derived[name] {
      return try withExtendedLifetime(file) { () throws(WeightsFailure) in try derived.make() }
    }
    let view = try require(name)
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
    guard let view = view(name), view.type == .f64 else {
      return try array(name, shape: shape).map(Double.init)
    }
    try check(name, shape: shape)
    return (0..<view.count).map {
      view.bytes.loadUnaligned(fromByteOffset: $0 * 8, as: Double.self)
    }
  }
}
