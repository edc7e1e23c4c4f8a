import Diagnostics
import Glibc

/// Keeps a folder to one process, until it ends, however it ends.
///
/// `flock(2)` on a file of the folder, which names the process for messages.
final class FolderLock {
  static let fileName = "lock"
  private let descriptor: Int32

  /// - Throws: ``RunFailure`` with status 73 when another process has the folder.
  init(_ folder: String) throws(RunFailure) {
    let path = folder + "/" + Self.fileName
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, mode_t(0o666))
    guard descriptor >= 0 else { throw .system(.cannotCreate, "create", path, errno) }
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      if code == EINTR { continue }
      let owner = Self.owner(descriptor)
      _ = close(descriptor)
      guard code == EWOULDBLOCK else { throw .system(.cannotCreate, "lock", path, code) }
      throw RunFailure(
        .cannotCreate,
        "'\(printable(folder))' is in use by \(owner); wait for it, or choose another folder")
    }
    let text = Array("\(getpid())\n".utf8)
    _ = ftruncate(descriptor, 0)
    _ = pwrite(descriptor, text, text.count, 0)
  }

  deinit { _ = close(descriptor) }

  private static func owner(_ descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 20)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    let digits = bytes.prefix(max(0, count)).prefix { (0x30...0x39).contains($0) }
    return digits.isEmpty
      ? "another process" : "process \(String(decoding: digits, as: UTF8.self))"
  }
}
