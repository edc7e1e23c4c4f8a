/// The 32 bytes in front of every payload.
struct RecordHead: Sendable, Hashable {
  static let length = 32
  /// `\x89SG\n`: the high bit catches 7-bit paths, the line feed catches text mode.
  static let magic: [UInt8] = [0x89, 0x53, 0x47, 0x0A]
  static let version: UInt8 = 1
  /// What `track` is in every record but `D`.
  static let noTrack: UInt8 = 255

  /// ASCII: `H` `D` `E` `A` `Z`, or a lower-case letter.
  var kind: UInt8
  var track: UInt8 = noTrack
  /// Counts the records of a song, from 0.
  var sequence: UInt32 = 0
  /// Bytes of payload.
  var size: UInt32 = 0
  /// `D`: index of its first frame. `Z`: songs since the last `Z`.
  var position: UInt64 = 0
  /// CRC-32 of the payload.
  var payloadChecksum: UInt32 = 0
}

extension RecordHead {
  /// Kinds that a song can do without.
  var isSkippable: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(kind) }

  /// The head in `bytes`, which hold at least ``length`` bytes.
  ///
  /// The checksum is looked at right after the magic number: what differs after that differs
  /// because somebody wrote it so.
  init(_ bytes: UnsafeRawBufferPointer) throws(StreamFailure.Reason) {
    func load<T: FixedWidthInteger>(_ offset: Int, _: T.Type) -> T {
      T(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
    }
    guard bytes.prefix(4).elementsEqual(Self.magic) else { throw .magic }
    let head = UnsafeRawBufferPointer(rebasing: bytes.prefix(28))
    guard checksum(head) == load(28, UInt32.self) else { throw .headChecksum }
    guard bytes[4] == Self.version else { throw .version(bytes[4]) }
    guard bytes[7] == 0 else { throw .flags(bytes[7]) }
    kind = bytes[5]
    track = bytes[6]
    sequence = load(8, UInt32.self)
    size = load(12, UInt32.self)
    position = load(16, UInt64.self)
    payloadChecksum = load(24, UInt32.self)
  }

  /// Appends the head to `bytes`.
  func write(to bytes: inout [UInt8]) {
    func put(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }
    let start = bytes.count
    bytes += Self.magic
    bytes += [Self.version, kind, track, 0]
    put(sequence)
    put(size)
    put(position)
    put(payloadChecksum)
    put(bytes.withUnsafeBytes { checksum(UnsafeRawBufferPointer(rebasing: $0[start...])) })
  }
}
