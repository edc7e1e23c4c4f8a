import Diagnostics
import Glibc

/// An output that appears under its name whole or not at all, or standard output.
///
/// A regular file is written beside its final name as `.NAME.XXXXXXXX` and renamed by
/// ``commit()``; without a commit, and when a signal ends the process, it is removed. Devices and
/// named pipes are written directly.
public final class OutputFile {
  public let descriptor: Int32
  /// What messages call it: the path, or `standard output`.
  public let name: String
  /// Where the bytes lie until the commit; nil for standard output and devices.
  public let temporaryPath: String?
  private let finalPath: String
  private let slot: Int?
  private var open: Bool

  /// Begins to write `path`; `-` and nil are standard output.
  ///
  /// - Parameters:
  ///   - binary: Whether a terminal is refused unless `force`.
  /// - Throws: ``ToolFailure``: 73 when the file cannot be created, 64 for a terminal.
  ///
  /// Calls `open(2)`.
  public init(_ path: String?, binary: Bool = true, force: Bool = false) throws(ToolFailure) {
    open = true
    guard let path, path != "-" else {
      descriptor = STDOUT_FILENO
      (name, finalPath) = ("standard output", "-")
      (temporaryPath, slot) = (nil, nil)
      if !StandardDescriptors.isUsable(descriptor) {
        open = false
        throw ToolFailure(.cannotCreate, "standard output is closed")
      }
      if binary && !force && Descriptor.isTerminal(descriptor) {
        throw ToolFailure(
          .usage,
          "will not write binary data to a terminal; use -o FILE or a pipe (--force does it)")
      }
      return
    }
    guard !path.isEmpty else {
      throw ToolFailure(.cannotCreate, "cannot create '': \(systemMessage(ENOENT))")
    }
    name = path
    let target = OutputFile.resolved(path)
    finalPath = target.path
    if let kind = target.kind, kind != S_IFREG {
      (temporaryPath, slot) = (nil, nil)
      descriptor = retrying { Glibc.open(target.path, O_WRONLY | O_CLOEXEC) }
    } else {
      var temporary = ""
      var opened: Int32 = -1
      for _ in 0..<16 {
        temporary = OutputFile.temporaryName(for: target.path)
        opened = retrying {
          Glibc.open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(0o666))
        }
        if opened >= 0 || errno != EEXIST { break }
      }
      descriptor = opened
      temporaryPath = temporary
      let code = errno
      slot = opened >= 0 ? PendingFiles.add(temporary) : nil
      errno = code
    }
    guard descriptor >= 0 else {
      open = false
      throw ToolFailure(.cannotCreate, "cannot create \(quoted(path)): \(systemMessage(errno))")
    }
    if binary && !force && Descriptor.isTerminal(descriptor) {
      throw ToolFailure(.usage, "\(quoted(path)) is a terminal (--force writes to it)")
    }
  }

  deinit { discard() }

  /// Writes all of `bytes`.
  ///
  /// - Throws: ``ToolFailure`` with status 74.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(ToolFailure) {
    try Descriptor.write(bytes, to: descriptor, name: name)
  }

  /// Writes `text` in UTF-8.
  public func write(_ text: String) throws(ToolFailure) {
    let bytes = Array(text.utf8)
    var failure: ToolFailure?
    bytes.withUnsafeBytes { buffer in
      do throws(ToolFailure) { try write(buffer) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Ends the file: what was written is on the disk and bears its final name.
  ///
  /// - Throws: ``ToolFailure`` with status 74 when the disk refuses, 73 when the rename fails; the
  ///   temporary file is gone then.
  ///
  /// Calls `fsync(2)`, `close(2)` and `rename(2)`.
  public func commit() throws(ToolFailure) {
    guard open else { return }
    if let temporaryPath {
      if retrying({ fsync(descriptor) }) != 0 && errno != EINVAL && errno != EROFS {
        try fail(.inputOutput, "cannot write", errno)
      }
      open = false
      if close(descriptor) != 0 && errno != EINTR {
        try fail(.inputOutput, "cannot write", errno)
      }
      if rename(temporaryPath, finalPath) != 0 { try fail(.cannotCreate, "cannot create", errno) }
      PendingFiles.remove(slot)
    } else {
      // Some file systems tell a full disk only now. Standard output stays open for others.
      open = false
      let copy = descriptor == STDOUT_FILENO ? dup(descriptor) : descriptor
      if copy < 0 || (close(copy) != 0 && errno != EINTR) {
        throw ToolFailure(
          .inputOutput, "cannot write \(quoted(name)): \(systemMessage(errno))")
      }
    }
  }

  /// Gives the output up: nothing is left under the final name or the temporary one.
  public func discard() {
    if open {
      open = false
      if descriptor != STDOUT_FILENO { _ = close(descriptor) }
      removeTemporary()
    }
  }

  private func fail(_ status: ExitStatus, _ what: String, _ code: Int32) throws(ToolFailure) {
    if open { _ = close(descriptor) }
    open = false
    removeTemporary()
    throw ToolFailure(status, "\(what) \(quoted(name)): \(systemMessage(code))")
  }

  private func removeTemporary() {
    guard let temporaryPath else { return }
    unlink(temporaryPath)
    PendingFiles.remove(slot)
  }
}

extension OutputFile {
  /// The file that `path` stands for, symbolic links followed, and its kind when it exists.
  private static func resolved(_ path: String) -> (path: String, kind: mode_t?) {
    var information = stat()
    guard stat(path, &information) == 0 else { return (path, nil) }
    let kind = information.st_mode & S_IFMT
    guard let real = realpath(path, nil) else { return (path, kind) }
    defer { free(real) }
    return (String(cString: real), kind)
  }

  /// A hidden name beside `path`, not guessable.
  static func temporaryName(for path: String) -> String {
    let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let random = String(UInt64.random(in: .min ... .max), radix: 36)
    let base = String(decoding: path[cut...].utf8.prefix(200), as: UTF8.self)
    return path[..<cut] + "." + base + "." + random
  }
}
