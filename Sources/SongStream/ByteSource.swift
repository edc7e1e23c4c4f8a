import Glibc

/// Where a reader gets its bytes.
public protocol ByteSource {
  /// Puts at least one and at most `buffer.count` bytes into `buffer` and returns how many; 0 only
  /// at the end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(StreamFailure) -> Int
}

/// Bytes in memory.
public struct MemorySource: ByteSource {
  private let bytes: [UInt8]
  private var index = 0

  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  public mutating func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(StreamFailure) -> Int {
    let count = min(buffer.count, bytes.count - index)
    buffer.copyBytes(from: bytes[index..<index + count])
    index += count
    return count
  }
}

/// Bytes of a file descriptor, which stays open: read(2), with small reads served from a buffer.
public final class FileDescriptorSource: ByteSource {
  private let descriptor: Int32
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
  private var available = 0..<0

  public init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    buffer.deallocate()
  }

  public func read(into target: UnsafeMutableRawBufferPointer) throws(StreamFailure) -> Int {
    if available.isEmpty {
      if target.count >= buffer.count { return try readDescriptor(descriptor, target) }
      available = 0..<(try readDescriptor(descriptor, buffer))
    }
    let count = min(target.count, available.count)
    target.copyBytes(from: buffer[available.prefix(count)])
    available = available.dropFirst(count)
    return count
  }
}

/// read(2), again when a signal interrupts it, and after waiting where the descriptor does not block.
func readDescriptor(
  _ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer
) throws(StreamFailure) -> Int {
  while true {
    let count = read(descriptor, buffer.baseAddress, buffer.count)
    if count >= 0 { return count }
    switch errno {
    case EINTR: continue
    case EAGAIN: waitFor(descriptor, POLLIN)
    case let code: throw StreamFailure(.read(code))
    }
  }
}

/// poll(2) without a time limit.
func waitFor(_ descriptor: Int32, _ events: Int32) {
  var request = pollfd(fd: descriptor, events: Int16(events), revents: 0)
  poll(&request, 1, -1)
}
