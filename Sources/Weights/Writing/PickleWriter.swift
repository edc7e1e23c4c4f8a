/// Writes a pickle of protocol 2, as far as a dictionary of tensors needs one.
struct PickleWriter {
  private(set) var bytes: [UInt8] = [0x80, 2]

  mutating func end() { bytes.append(UInt8(ascii: ".")) }

  mutating func code(_ character: Unicode.Scalar) {
    bytes.append(UInt8(truncatingIfNeeded: character.value))
  }

  mutating func text(_ text: String) {
    code("X")
    let utf8 = Array(text.utf8)
    number(UInt32(truncatingIfNeeded: utf8.count))
    bytes += utf8
  }

  mutating func integer(_ value: Int) {
    if let byte = UInt8(exactly: value) {
      code("K")
      bytes.append(byte)
    } else if let word = Int32(exactly: value) {
      code("J")
      number(word)
    } else {
      bytes += [0x8A, 8]
      number(Int64(value))
    }
  }

  mutating func global(_ module: String, _ name: String) {
    code("c")
    bytes += Array("\(module)\n\(name)\n".utf8)
  }

  mutating func tuple(_ values: [Int]) {
    code("(")
    for value in values { integer(value) }
    code("t")
  }

  /// `_rebuild_tensor_v2` of a storage of its own.
  mutating func tensor(_ spec: TensorSpec, storage: String, key: String, count: Int) {
    global("torch._utils", "_rebuild_tensor_v2")
    code("(")
    code("(")
    text("storage")
    global("torch", storage)
    text(key)
    text("cpu")
    integer(count)
    code("t")
    code("Q")
    integer(0)
    tuple(spec.shape)
    var strides: [Int] = []
    var stride = 1
    for size in spec.shape.reversed() {
      strides.append(stride)
      stride *= max(size, 1)
    }
    tuple(strides.reversed())
    bytes.append(0x89)
    global("collections", "OrderedDict")
    bytes += Array(")Rt".utf8)
    code("R")
  }

  private mutating func number<T: FixedWidthInteger>(_ value: T) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// The class of `torch` that holds elements of a type, if there is one.
  static func storage(_ type: TensorType) -> String? {
    switch type {
    case .f64: "DoubleStorage"
    case .f32: "FloatStorage"
    case .f16: "HalfStorage"
    case .bf16: "BFloat16Storage"
    case .i64: "LongStorage"
    case .i32: "IntStorage"
    case .i16: "ShortStorage"
    case .i8: "CharStorage"
    case .u8: "ByteStorage"
    case .bool: "BoolStorage"
    default: nil
    }
  }
}
