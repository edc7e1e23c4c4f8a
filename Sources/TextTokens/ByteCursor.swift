/// A checked walk over bytes from outside.
struct ByteCursor {
  private let bytes: UnsafeRawBufferPointer
  /// The index of the next byte.
  private(set) var position = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// The next byte, or nil at the end.
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// The next byte, stepping over it.
  mutating func next() -> UInt8? {
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  /// Steps over `byte` if it is next.
  mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  /// Steps over the white space of JSON.
  mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  /// The next UTF-8 scalar of one to three bytes; nil at the end and for anything else.
  ///
  /// Enough for the byte alphabet, whose characters take one or two bytes.
  mutating func nextScalar() -> UInt32? {
    guard let first = next() else { return nil }
    if first < 0x80 { return UInt32(first) }
    guard first >= 0xC2, first < 0xF0 else { return nil }
    var value = UInt32(first & (first < 0xE0 ? 0x1F : 0x0F))
    for _ in 0..<(first < 0xE0 ? 1 : 2) {
      guard let byte = next(), byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    return value
  }
}
