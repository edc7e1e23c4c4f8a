import Diagnostics
import Glibc
import Weights

/// A file that appears under its name whole, on the disk, or not at all: it is written as
/// `.NAME.new` beside it and renamed.
///
/// The folder must be locked, so that nobody else uses the temporary name; what a killed process
/// left there is written over.
final class WholeFile: ByteSink {
  static let suffix = ".new"

  private let path: String
  private let temporary: String
  private let folder: String
  private var descriptor: Int32

  /// - Throws: ``RunFailure`` with status 73.
  init(_ folder: String, _ name: String) throws(RunFailure) {
    self.folder = folder
    path = folder + "/" + name
    temporary = folder + "/." + name + Self.suffix
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode_t(0o666))
    guard descriptor >= 0 else { throw .system(.cannotCreate, "create", path, errno) }
  }

  deinit {
    if descriptor >= 0 {
      _ = close(descriptor)
      unlink(temporary)
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw RunFailure.system(.inputOutput, "write", path, errno) }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
  }

  /// Gives the file its name. Calls `fsync(2)` on it and on its folder, and `rename(2)`.
  ///
  /// - Throws: ``RunFailure`` with status 74.
  func commit() throws(RunFailure) {
    guard fsync(descriptor) == 0 else { throw .system(.inputOutput, "write", path, errno) }
    let code = close(descriptor) != 0 && errno != EINTR ? errno : 0
    descriptor = -1
    guard code == 0, rename(temporary, path) == 0 else {
      let reason = code == 0 ? errno : code
      unlink(temporary)
      throw .system(.inputOutput, "write", path, reason)
    }
    Self.settle(folder)
  }

  /// Writes a small file.
  static func write(
    _ bytes: [UInt8], to folder: String, _ name: String
  ) throws(RunFailure) {
    let file = try WholeFile(folder, name)
    do {
      try bytes.withUnsafeBytes { try file.write($0) }
    } catch {
      throw error as? RunFailure ?? RunFailure(.software, "internal error: \(error)")
    }
    try file.commit()
  }

  /// Has the names of a folder on the disk; a file system that cannot is left alone.
  private static func settle(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    _ = close(descriptor)
  }
}
