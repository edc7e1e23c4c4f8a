/// Reads little-endian numbers off some bytes, none of them twice, none beyond the end.
struct ByteCursor {
  /// The bytes end before what was asked for.
  struct End: Error {}

  let bytes: UnsafeRawBufferPointer
  private(set) var position: Int

  /// - Precondition: `position` lies in the bytes or at their end.
  init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  var isAtEnd: Bool { position == bytes.count }

  mutating func number<T: FixedWidthInteger & BitwiseCopyable>(_: T.Type) throws(End) -> T {
    let field = try take(MemoryLayout<T>.size)
    return T(littleEndian: field.loadUnaligned(as: T.self))
  }

  mutating func take(_ count: Int) throws(End) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= bytes.count - position else { throw End() }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }

  /// The bytes up to a line feed, which is passed over.
  mutating func line() throws(End) -> UnsafeRawBufferPointer {
    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else { throw End() }
    defer { position = end + 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<end])
  }
}
