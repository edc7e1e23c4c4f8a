/// Some consecutive frames of one track: the payload of a `D` record.
public struct FrameBlock: Sendable, Hashable {
  /// Which track of ``SongHeader/tracks``.
  public var track: Int
  /// How many frames of that track came before.
  public var position: UInt64
  /// How many frames these are, at least 1.
  public var count: Int
  /// The frames as they are on the wire: frame-major, little-endian.
  public var bytes: [UInt8]

  public init(track: Int, position: UInt64, count: Int, bytes: [UInt8]) {
    self.track = track
    self.position = position
    self.count = count
    self.bytes = bytes
  }

  /// The elements of a `u16` track.
  public func tokens() -> [UInt16] {
    bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / 2).map {
        UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 2, as: UInt16.self))
      }
    }
  }

  /// The elements of a `u32` track.
  public func words() -> [UInt32] {
    bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self))
      }
    }
  }

  /// The elements of an `f32` track.
  public func floats() -> [Float] {
    bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map {
        Float(
          bitPattern: UInt32(
            littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)))
      }
    }
  }
}
