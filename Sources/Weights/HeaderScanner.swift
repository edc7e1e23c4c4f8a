/// Reads the JSON of a safetensors header, and nothing else.
///
/// A general JSON reader would build a tree of everything first and keep only one of two tensors
/// with the same name. This one goes through the bytes once, refuses a name that comes twice, and
/// holds nothing but the table. Nesting is bounded; numbers are non-negative integers.
struct HeaderScanner {
  struct Problem: Error {
    let offset: Int
    let problem: String
  }

  struct RawTensor {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
  }

  struct Table {
    var tensors: [String: RawTensor] = [:]
    var metadata: [String: String] = [:]
  }

  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func header() throws(Problem) -> Table {
    var table = Table()
    var seenMetadata = false
    try object { (scanner: inout HeaderScanner, key: String) throws(Problem) in
      if key == "__metadata__" {
        guard !seenMetadata else { throw scanner.fail("'__metadata__' comes twice") }
        seenMetadata = true
        try scanner.object { (scanner: inout HeaderScanner, key: String) throws(Problem) in
          table.metadata[key] = try scanner.string()
        }
      } else {
        guard table.tensors[key] == nil else { throw scanner.fail("a tensor name comes twice") }
        table.tensors[key] = try scanner.tensor()
      }
    }
    while position < bytes.count {
      guard Self.isSpace(bytes[position]) else { throw fail("text after the end of the object") }
      position += 1
    }
    return table
  }

  private mutating func tensor() throws(Problem) -> RawTensor {
    var tensor = RawTensor()
    try object { (scanner: inout HeaderScanner, key: String) throws(Problem) in
      switch key {
      case "dtype" where tensor.type == nil: tensor.type = try scanner.string()
      case "shape" where tensor.shape == nil: tensor.shape = try scanner.integers()
      case "data_offsets" where tensor.offsets == nil: tensor.offsets = try scanner.integers()
      case "dtype", "shape", "data_offsets": throw scanner.fail("a key comes twice")
      default: throw scanner.fail("unknown key in a tensor's entry")
      }
    }
    return tensor
  }

  /// `{ "key": value, … }`; `value` must consume exactly the value.
  private mutating func object(
    _ value: (inout HeaderScanner, String) throws(Problem) -> Void
  ) throws(Problem) {
    try expect(UInt8(ascii: "{"))
    if skip(UInt8(ascii: "}")) { return }
    repeat {
      let key = try string()
      try expect(UInt8(ascii: ":"))
      try value(&self, key)
    } while skip(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
  }

  private mutating func integers() throws(Problem) -> [Int] {
    try expect(UInt8(ascii: "["))
    var result: [Int] = []
    if skip(UInt8(ascii: "]")) { return result }
    repeat {
      guard result.count < 64 else { throw fail("too many numbers in a list") }
      result.append(try integer())
    } while skip(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
    return result
  }

  private mutating func integer() throws(Problem) -> Int {
    skipSpace()
    let start = position
    var value = 0
    while position < bytes.count, case let digit = bytes[position], digit >= 0x30, digit <= 0x39 {
      let (scaled, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, over2) = scaled.addingReportingOverflow(Int(digit - 0x30))
      guard !over, !over2 else { throw fail("number out of range") }
      value = sum
      position += 1
    }
    guard position > start else { throw fail("expected a non-negative integer") }
    return value
  }

  private mutating func string() throws(Problem) -> String {
    try expect(UInt8(ascii: "\""))
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw fail("text that is not UTF-8")
        }
        return string
      case UInt8(ascii: "\\"): text.append(contentsOf: try escape())
      case 0..<0x20: throw fail("control character in a string")
      default: text.append(byte)
      }
      guard text.count <= 1 << 20 else { throw fail("a string is too long") }
    }
    throw fail("the string does not end")
  }

  private mutating func escape() throws(Problem) -> [UInt8] {
    guard position < bytes.count else { throw fail("the string does not end") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "u"):
      var value = try unit()
      if (0xD800..<0xDC00).contains(value) {
        guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
          bytes[position + 1] == UInt8(ascii: "u")
        else { throw fail("half of a surrogate pair") }
        position += 2
        let low = try unit()
        guard (0xDC00..<0xE000).contains(low) else { throw fail("half of a surrogate pair") }
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(value) else { throw fail("half of a surrogate pair") }
      return Array(String(scalar).utf8)
    default: throw fail("unknown escape in a string")
    }
  }

  private mutating func unit() throws(Problem) -> UInt32 {
    guard position + 4 <= bytes.count else { throw fail("the string does not end") }
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else {
        throw fail("bad \\u escape")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  private mutating func expect(_ byte: UInt8) throws(Problem) {
    guard skip(byte) else {
      throw fail("expected '\(Character(Unicode.Scalar(byte)))'")
    }
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private func fail(_ problem: String) -> Problem { Problem(offset: position, problem: problem) }
}
