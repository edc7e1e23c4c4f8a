import Diagnostics
import Glibc

/// A journal that is written: a line is on the disk, whole, when ``append(_:)`` returns.
///
/// Several processes may write to one journal: each line is one `write(2)` at the end of the file
/// under `flock(2)`. A line that a power cut tore is ended by the next writer, and no reader counts
/// it.
public final class JournalFile {
  private let path: String
  private let descriptor: Int32

  /// Opens or creates the journal at `path`.
  ///
  /// - Throws: ``JournalFailure`` with status 73. Calls `open(2)` and `fsync(2)`.
  public init(_ path: String) throws(JournalFailure) {
    self.path = path
    descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, mode_t(0o666))
    guard descriptor >= 0 else { throw JournalFailure(.cannotCreate, path, "create", errno) }
    var information = stat()
    guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
      _ = close(descriptor)
      throw JournalFailure(.cannotCreate, path, "create", EINVAL)
    }
  }

  deinit { _ = close(descriptor) }

  /// Adds a line.
  ///
  /// - Throws: ``JournalFailure`` with status 74. Calls `flock(2)`, `write(2)` and `fsync(2)`.
  public func append(_ entry: JournalEntry) throws(JournalFailure) {
    while flock(descriptor, LOCK_EX) != 0 {
      if errno != EINTR { throw JournalFailure(.inputOutput, path, "write", errno) }
    }
    defer { _ = flock(descriptor, LOCK_UN) }
    let bytes = Array(((endsInLine() ? "" : "\n") + entry.line + "\n").utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw JournalFailure(.inputOutput, path, "write", errno) }
      written += count
    }
    guard fsync(descriptor) == 0 else { throw JournalFailure(.inputOutput, path, "write", errno) }
  }

  /// Whether the file is empty or its last byte is a line feed.
  private func endsInLine() -> Bool {
    let end = lseek(descriptor, 0, SEEK_END)
    guard end > 0 else { return true }
    var last: UInt8 = 0
    return pread(descriptor, &last, 1, end - 1) == 1 && last == UInt8(ascii: "\n")
  }
}
