/// A record put together by hand, from the format's description and not from the library, so that
/// tests can write what a `SongWriter` refuses to.
struct RawRecord {
  var kind: Character
  var sequence: UInt32 = 0
  var track: UInt8 = 255
  var position: UInt64 = 0
  var payload: [UInt8] = []
  var version: UInt8 = 1
  var flags: UInt8 = 0
  /// What the head says, where that is not the size of the payload.
  var size: UInt32?

  init(_ kind: Character, _ sequence: UInt32 = 0, _ payload: some Sequence<UInt8> = []) {
    self.kind = kind
    self.sequence = sequence
    self.payload = Array(payload)
  }

  init(data payload: [UInt8], track: UInt8, position: UInt64, sequence: UInt32) {
    self.init("D", sequence, payload)
    self.track = track
    self.position = position
  }

  var bytes: [UInt8] {
    var head: [UInt8] = [0x89, 0x53, 0x47, 0x0A, version, kind.asciiValue ?? 0, track, flags]
    head += little(UInt64(sequence), 4) + little(UInt64(size ?? UInt32(payload.count)), 4)
    head += little(position, 8) + little(UInt64(crc32(payload)), 4)
    return head + little(UInt64(crc32(head)), 4) + payload
  }

  /// The records of a stream, cut by the sizes in their heads.
  static func split(_ stream: [UInt8]) -> [[UInt8]] {
    var records: [[UInt8]] = []
    var rest = stream[...]
    while rest.count >= 32 {
      let size = rest.dropFirst(12).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      records.append(Array(rest.prefix(32 + size)))
      rest = rest.dropFirst(32 + size)
    }
    return records
  }
}

private func little(_ value: UInt64, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

/// CRC-32 with the polynomial of zlib, bit by bit.
func crc32(_ bytes: [UInt8]) -> UInt32 {
  var crc: UInt32 = .max
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB8_8320 }
  }
  return ~crc
}
