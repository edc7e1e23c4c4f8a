import Diagnostics

/// A value to be written under a key of a GGUF file.
public enum GGUFMetadata: Sendable, Hashable {
  case uint32(Int)
  case float32(Double)
  case bool(Bool)
  case string(String)
  case int32s([Int])
  /// Strings as bytes: pieces of a vocabulary.
  case strings([[UInt8]])
}

/// The order and the header of a GGUF file that is written tensor by tensor.
///
///     let layout = try GGUFLayout(keys, tensors)
///     try sink.write(layout.header)
///     for tensor in layout.tensors { … its bytes, then layout.padding(after: tensor) zeros … }
public struct GGUFLayout: Sendable {
  /// What every tensor begins at a multiple of.
  public static let alignment = 32

  /// The tensors in the order in which their bytes follow each other: by name.
  public let tensors: [TensorSpec]
  /// Everything before the data.
  public let header: [UInt8]
  /// Bytes of the whole file.
  public let fileSize: Int

  /// - Throws: `data` when two tensors have one name, or a type or size that the format lacks.
  public init(_ keys: [(String, GGUFMetadata)], _ tensors: [TensorSpec]) throws(WeightsFailure) {
    let sorted = tensors.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    var header: [UInt8] = GGUFHeader.magic
    func number<T: FixedWidthInteger>(_ value: T) {
      withUnsafeBytes(of: value.littleEndian) { header.append(contentsOf: $0) }
    }
    func string(_ bytes: some Collection<UInt8>) {
      number(UInt64(bytes.count))
      header.append(contentsOf: bytes)
    }
    number(UInt32(3))
    number(UInt64(sorted.count))
    number(UInt64(keys.count))
    for (key, value) in keys {
      string(key.utf8)
      switch value {
      case .uint32(let value):
        number(GGUFValueType.uint32.rawValue)
        number(UInt32(clamping: value))
      case .float32(let value):
        number(GGUFValueType.float32.rawValue)
        number(Float(value).bitPattern)
      case .bool(let value):
        number(GGUFValueType.bool.rawValue)
        number(UInt8(value ? 1 : 0))
      case .string(let value):
        number(GGUFValueType.string.rawValue)
        string(value.utf8)
      case .int32s(let values):
        number(GGUFValueType.array.rawValue)
        number(GGUFValueType.int32.rawValue)
        number(UInt64(values.count))
        for value in values { number(Int32(clamping: value)) }
      case .strings(let values):
        number(GGUFValueType.array.rawValue)
        number(GGUFValueType.string.rawValue)
        number(UInt64(values.count))
        for value in values { string(value) }
      }
    }
    var offset = 0
    var names: Set<String> = []
    for tensor in sorted {
      guard names.insert(tensor.name).inserted else {
        throw .malformed(tensor.name, "is the name of two tensors")
      }
      guard let type = tensor.type.gguf, let size = tensor.byteCount, size < 1 << 56 else {
        throw .malformed(
          tensor.name,
          "\(tensor.type.rawValue) \(TensorView.text(tensor.shape)) has no place in GGUF")
      }
      string(tensor.name.utf8)
      number(UInt32(tensor.shape.count))
      for dimension in tensor.shape.reversed() { number(UInt64(dimension)) }
      number(type)
      number(UInt64(offset))
      offset += Self.padded(size)
    }
    header += [UInt8](repeating: 0, count: Self.padded(header.count) - header.count)
    self.tensors = sorted
    self.header = header
    fileSize = header.count + offset
  }

  /// Zeros that follow a tensor.
  public func padding(after tensor: TensorSpec) -> Int {
    let size = tensor.byteCount ?? 0
    return Self.padded(size) - size
  }

  private static func padded(_ size: Int) -> Int { (size + alignment - 1) / alignment * alignment }
}
