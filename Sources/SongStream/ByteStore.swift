import Glibc

/// Bytes that can be read at any place.
public protocol ByteStore {
  /// Puts at most `buffer.count` bytes from `offset` on into `buffer` and returns how many; 0 only
  /// at or behind the end.
  func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(StreamFailure) -> Int
}

/// Bytes in memory.
public struct MemoryStore: ByteStore {
  private let bytes: [UInt8]

  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  public func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(StreamFailure) -> Int {
    guard offset < bytes.count else { return 0 }
    let rest = bytes[Int(offset)...].prefix(buffer.count)
    buffer.copyBytes(from: rest)
    return rest.count
  }
}

/// A file, which stays open: pread(2).
public struct FileStore: ByteStore {
  private let descriptor: Int32

  /// - Parameter descriptor: Of something that can seek.
  public init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  public func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(StreamFailure) -> Int {
    guard let offset = off_t(exactly: offset) else { return 0 }
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, offset)
      if count >= 0 { return count }
      if errno != EINTR { throw StreamFailure(.read(errno)) }
    }
  }
}

/// The bytes of a store from some place on.
struct StoreSource: ByteSource {
  let store: any ByteStore
  var offset: UInt64

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(StreamFailure) -> Int {
    let count = try store.read(at: offset, into: buffer)
    offset += UInt64(count)
    return count
  }
}
