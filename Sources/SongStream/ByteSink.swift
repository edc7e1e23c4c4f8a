import Glibc

/// Where a writer puts its bytes. What is written has left the process when `write` returns.
public protocol ByteSink {
  mutating func write(_ bytes: UnsafeRawBufferPointer) throws(StreamFailure)
}

/// Bytes in memory.
public final class MemorySink: ByteSink {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  public func write(_ bytes: UnsafeRawBufferPointer) throws(StreamFailure) {
    self.bytes += bytes
  }
}

/// A file descriptor, which stays open: write(2) until all is written, with every failure told.
public struct FileDescriptorSink: ByteSink {
  private let descriptor: Int32

  public init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  public func write(_ bytes: UnsafeRawBufferPointer) throws(StreamFailure) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN: waitFor(descriptor, POLLOUT)
      case let code: throw StreamFailure(.write(code))
      }
    }
  }
}
