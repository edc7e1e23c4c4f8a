import Diagnostics
import Glibc

/// A file, or standard input, opened for reading; closed when the last reference goes.
public final class InputFile: Sendable {
  public let descriptor: Int32
  /// What messages call it: the path, or `standard input`.
  public let name: String
  private let owned: Bool

  /// Opens `path`; `-` and nil are standard input.
  ///
  /// - Parameters:
  ///   - binary: Whether a terminal is refused unless `force`.
  /// - Throws: ``ToolFailure``: 66 when there is no such file, 64 for a terminal.
  ///
  /// Calls `open(2)`.
  public init(_ path: String?, binary: Bool = true, force: Bool = false) throws(ToolFailure) {
    if let path, path != "-" {
      descriptor = retrying { open(path, O_RDONLY | O_CLOEXEC) }
      name = path
      owned = true
      guard descriptor >= 0 else {
        throw ToolFailure(.noInput, "cannot open \(quoted(path)): \(systemMessage(errno))")
      }
    } else {
      descriptor = STDIN_FILENO
      name = "standard input"
      owned = false
      guard StandardDescriptors.isUsable(descriptor) else {
        throw ToolFailure(.noInput, "no input: \(name) is closed")
      }
    }
    switch Descriptor.kind(descriptor) {
    case nil:
      throw ToolFailure(.noInput, "no input: \(name) is closed")
    case S_IFDIR:
      throw ToolFailure(.noInput, "cannot read \(quoted(name)): it is a directory")
    default:
      break
    }
    if binary && !force && Descriptor.isTerminal(descriptor) {
      throw ToolFailure(
        .usage, "\(name) is a terminal; give a file or use a pipe (--force reads it all the same)")
    }
  }

  deinit {
    if owned { _ = close(descriptor) }
  }

  /// Reads at most `buffer.count` bytes; 0 at the end.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(ToolFailure) -> Int {
    try Descriptor.read(into: buffer, from: descriptor, name: name)
  }

  /// Reads all there is, but no more than `limit` bytes (status 65 when there is more).
  public func readAll(limit: Int) throws(ToolFailure) -> [UInt8] {
    try Descriptor.readAll(from: descriptor, name: name, limit: limit)
  }
}
