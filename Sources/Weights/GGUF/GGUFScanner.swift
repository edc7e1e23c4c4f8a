/// Reads the little-endian parts of a GGUF header, never past its end.
struct GGUFScanner {
  /// What was wrong at which byte.
  struct Problem: Error {
    let offset: Int
    let problem: String
  }

  private let bytes: UnsafeRawBufferPointer
  private(set) var offset: Int

  init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    self.bytes = bytes
    self.offset = offset
  }

  /// Bytes that are left.
  var rest: Int { bytes.count - offset }

  /// The next number.
  mutating func number<T: FixedWidthInteger & BitwiseCopyable>(
    _ type: T.Type
  ) throws(Problem) -> T {
    let size = MemoryLayout<T>.size
    guard rest >= size else { throw fail("the header ends too early") }
    defer { offset += size }
    return T(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
  }

  /// A count of things that take at least `size` bytes each, so that it is known to be possible.
  mutating func count(of what: String, each size: Int) throws(Problem) -> Int {
    let start = offset
    let count = try number(UInt64.self)
    guard count <= UInt64(rest / max(size, 1)) else {
      throw Problem(offset: start, problem: "\(count) \(what) do not fit into the file")
    }
    return Int(count)
  }

  /// The bytes of a string: a length and as many bytes.
  mutating func stringBytes() throws(Problem) -> UnsafeRawBufferPointer {
    let count = try count(of: "bytes of text", each: 1)
    return try take(count)
  }

  /// A string.
  mutating func string(limit: Int) throws(Problem) -> String {
    let start = offset
    let bytes = try stringBytes()
    guard bytes.count <= limit else {
      throw Problem(offset: start, problem: "a name has \(bytes.count) bytes, at most \(limit)")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Problem(offset: start, problem: "text that is not UTF-8")
    }
    return text
  }

  /// The next `count` bytes.
  mutating func take(_ count: Int) throws(Problem) -> UnsafeRawBufferPointer {
    guard count <= rest else { throw fail("the header ends too early") }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
  }

  func fail(_ problem: String) -> Problem { Problem(offset: offset, problem: problem) }
}
