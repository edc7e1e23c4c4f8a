/// Gives the pages of an Ogg stream a fixed serial number.
///
/// libsndfile draws the number from the clock, so that two runs would differ. A page (RFC 3533,
/// section 6) is 27 bytes, a table of up to 255 segment sizes, and the segments; the serial number
/// lies at byte 14 and the checksum over the whole page at byte 22.
struct OggPages {
  /// The bytes of the page that is not whole yet.
  private(set) var rest: [UInt8] = []

  private static let serial: [UInt8] = [0x53, 0x47, 0x53, 0x31]

  /// Takes `bytes` and returns the pages that became whole, renumbered.
  mutating func append(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    rest.append(contentsOf: bytes)
    var done: [UInt8] = []
    while let size = pageSize() {
      var page = Array(rest[..<size])
      rest.removeFirst(size)
      page.replaceSubrange(14..<18, with: OggPages.serial)
      page.replaceSubrange(22..<26, with: [0, 0, 0, 0])
      let sum = OggPages.checksum(page)
      for index in 0..<4 { page[22 + index] = UInt8(truncatingIfNeeded: sum >> (8 * index)) }
      done += page
    }
    return done
  }

  /// The size of the page at the front of `rest`, nil when it is not whole.
  private func pageSize() -> Int? {
    guard rest.count >= 27, rest.starts(with: Array("OggS".utf8)) else { return nil }
    let segments = Int(rest[26])
    guard rest.count >= 27 + segments else { return nil }
    let size = 27 + segments + rest[27..<(27 + segments)].reduce(0) { $0 + Int($1) }
    return rest.count >= size ? size : nil
  }

  /// CRC-32 with the polynomial 0x04C11DB7, most significant bit first, from 0, not inverted.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.reduce(0) { sum, byte in
      sum << 8 ^ table[Int(UInt8(truncatingIfNeeded: sum >> 24) ^ byte)]
    }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index) << 24) { value, _ in
      value & 0x8000_0000 == 0 ? value << 1 : value << 1 ^ 0x04C1_1DB7
    }
  }
}
