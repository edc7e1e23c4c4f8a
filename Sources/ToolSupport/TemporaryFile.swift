import Diagnostics
import Glibc

/// A file in `$TMPDIR` or `/tmp` for the time of some work.
///
/// Without a name it goes with the process, whatever ends that. With one, for other programs to open,
/// it is removed with the object, and when a signal that can be caught ends the process.
public final class TemporaryFile {
  public let descriptor: Int32
  /// Its path, if it has a name.
  public let path: String?
  private var slot: Int?

  /// - Parameter suffix: What its name ends with, if it shall have one: `.wav`.
  /// - Throws: ``ToolFailure`` with status 73.
  ///
  /// Calls `mkstemps(3)`.
  public init(suffix: String? = nil) throws(ToolFailure) {
    let folder = Environment["TMPDIR"] ?? "/tmp"
    var template = Array("\(folder)/sg-XXXXXX\(suffix ?? "")".utf8CString)
    descriptor = mkstemps(&template, Int32(suffix?.utf8.count ?? 0))
    guard descriptor >= 0 else {
      throw ToolFailure(
        .cannotCreate,
        "cannot create a temporary file in \(quoted(folder)): \(systemMessage(errno)); "
          + "set TMPDIR to another directory")
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let name = template.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    if suffix == nil {
      unlink(name)
      path = nil
    } else {
      path = name
      slot = PendingFiles.add(name)
    }
  }

  deinit {
    if let path { unlink(path) }
    PendingFiles.remove(slot)
    close(descriptor)
  }
}
