import Diagnostics
import Glibc

/// Reads and writes on file descriptors that check every call.
public enum Descriptor {
  /// Writes all of `bytes`; waits when the descriptor is not ready.
  ///
  /// - Throws: ``ToolFailure`` with status 74: `cannot write 'NAME': no space left on device`.
  ///
  /// Calls `write(2)`.
  public static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, name: String
  ) throws(ToolFailure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let count = retrying { Glibc.write(descriptor, part.baseAddress, part.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0 && errno == EAGAIN {
        wait(for: POLLOUT, on: descriptor)
      } else {
        throw ToolFailure(
          .inputOutput, "cannot write \(quoted(name)): \(systemMessage(count < 0 ? errno : EIO))")
      }
    }
  }

  /// Reads at most `buffer.count` bytes; 0 at the end of the file.
  ///
  /// - Throws: ``ToolFailure`` with status 74.
  ///
  /// Calls `read(2)`.
  public static func read(
    into buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32, name: String
  ) throws(ToolFailure) -> Int {
    while true {
      let count = retrying { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
      if count >= 0 { return count }
      guard errno == EAGAIN else {
        throw ToolFailure(.inputOutput, "cannot read \(quoted(name)): \(systemMessage(errno))")
      }
      wait(for: POLLIN, on: descriptor)
    }
  }

  /// Reads to the end of the file, but no more than `limit` bytes.
  ///
  /// - Throws: ``ToolFailure`` with status 74, or 65 when there is more than `limit`.
  public static func readAll(
    from descriptor: Int32, name: String, limit: Int
  ) throws(ToolFailure) -> [UInt8] {
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var count = 0
      do {
        count = try chunk.withUnsafeMutableBytes {
          try read(into: $0, from: descriptor, name: name)
        }
      } catch let failure as ToolFailure {
        throw failure
      } catch {
        throw ToolFailure(.software, "\(error)")
      }
      if count == 0 { return result }
      if result.count + count > limit {
        throw ToolFailure(.data, "\(quoted(name)) has more than \(limit) bytes; split it")
      }
      result.append(contentsOf: chunk[..<count])
    }
  }

  private static func wait(for event: Int32, on descriptor: Int32) {
    var poll = pollfd(fd: descriptor, events: Int16(event), revents: 0)
    _ = Glibc.poll(&poll, 1, -1)
  }
}

extension Descriptor {
  /// Whether `descriptor` is a terminal. Calls `isatty(3)`.
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The kind bits of the file behind `descriptor`, nil when it is closed. Calls `fstat(2)`.
  static func kind(_ descriptor: Int32) -> mode_t? {
    var information = stat()
    guard fstat(descriptor, &information) == 0 else { return nil }
    return information.st_mode & S_IFMT
  }
}
