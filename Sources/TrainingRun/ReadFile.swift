import Diagnostics
import Glibc

/// The bytes of a regular file of at most `limit` bytes.
///
/// - Throws: ``RunFailure``: 66 when there is none, 65 when it is larger, 74 when it cannot be read.
func readFile(_ path: String, limit: Int) throws(RunFailure) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { throw .system(.noInput, "open", path, errno) }
  defer { _ = close(descriptor) }
  var information = stat()
  guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
    throw RunFailure(.noInput, "'\(printable(path))' is not a file")
  }
  guard information.st_size <= limit else {
    throw RunFailure(.data, "'\(printable(path))' is larger than \(limit) bytes")
  }
  var bytes = [UInt8](repeating: 0, count: Int(information.st_size))
  var filled = 0
  while filled < bytes.count {
    let count = bytes.withUnsafeMutableBytes {
      pread(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled, off_t(filled))
    }
    if count < 0 && errno == EINTR { continue }
    guard count >= 0 else { throw .system(.inputOutput, "read", path, errno) }
    if count == 0 { break }
    filled += count
  }
  return Array(bytes.prefix(filled))
}
