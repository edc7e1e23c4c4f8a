import Diagnostics
import Glibc

/// An output that appears under its name whole or not at all, or standard output.
///
/// A regular file is written without a name on the same file system and gets its name by
/// ``commit()``; whatever ends the process before leaves nothing. Where the file system cannot do
/// that, it is written beside its final name as `.NAME.XXXXXXXX` and renamed; without a commit, and
/// when a signal that can be caught ends the process, it is removed. Devices and named pipes are
/// written directly.
public final class OutputFile {
  public let descriptor: Int32
  /// What messages call it: the path, or `standard output`.
  public let name: String
  /// The name that the bytes have until the commit; nil if they have none, and for standard output
  /// and devices.
  public let temporaryPath: String?
  /// Whether the file gets its first name at the commit.
  private let isNameless: Bool
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
      (temporaryPath, slot, isNameless) = (nil, nil, false)
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
      (temporaryPath, slot, isNameless) = (nil, nil, false)
      descriptor = retrying { Glibc.open(target.path, O_WRONLY | O_CLOEXEC) }
    } else if let nameless = OutputFile.nameless(target.path) {
      (temporaryPath, slot, isNameless) = (nil, nil, true)
      descriptor = nameless
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
      (temporaryPath, isNameless) = (temporary, false)
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
  /// Calls `fsync(2)`, `linkat(2)`, `close(2)` and `rename(2)`.
  public func commit() throws(ToolFailure) {
    guard open else { return }
    if isNameless || temporaryPath != nil {
      if retrying({ fsync(descriptor) }) != 0 && errno != EINVAL && errno != EROFS {
        try fail(.inputOutput, "cannot write", errno)
      }
      var source = temporaryPath
      var slot = slot
      if isNameless && !link(to: finalPath) {
        // Another file has the name; one that is renamed takes its place at once.
        guard errno == EEXIST else { try fail(.cannotCreate, "cannot create", errno) }
        let name = OutputFile.temporaryName(for: finalPath)
        slot = PendingFiles.add(name)
        if !link(to: name) { try fail(.cannotCreate, "cannot create", errno) }
        source = name
      }
      open = false
      if close(descriptor) != 0 && errno != EINTR {
        try fail(.inputOutput, "cannot write", errno)
      }
      if let source, rename(source, finalPath) != 0 {
        let code = errno
        unlink(source)
        try fail(.cannotCreate, "cannot create", code)
      }
      PendingFiles.remove(slot)
      OutputFile.settle(finalPath)
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

  private func fail(
    _ status: ExitStatus, _ what: String, _ code: Int32
  ) throws(ToolFailure) -> Never {
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
  /// Opens a file without a name in the directory of `path`; nil where that is not possible.
  ///
  /// Calls `open(2)` with `O_TMPFILE`.
  private static func nameless(_ path: String) -> Int32? {
    // O_TMPFILE of <fcntl.h>, which Swift does not import.
    let flags = 0o20_000_000 | O_DIRECTORY | O_RDWR | O_CLOEXEC
    let descriptor = retrying { Glibc.open(directory(of: path), flags, mode_t(0o666)) }
    guard descriptor >= 0 else { return nil }
    if access("/proc/self/fd/\(descriptor)", F_OK) == 0 { return descriptor }
    _ = close(descriptor)
    return nil
  }

  /// Gives the file a name that no other has. Calls `linkat(2)`.
  private func link(to path: String) -> Bool {
    linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
  }

  /// Has the directory of `path` on the disk, so that a power cut leaves the new name in it; a file
  /// system that cannot is left alone. Calls `fsync(2)`.
  private static func settle(_ path: String) {
    let descriptor = retrying {
      Glibc.open(directory(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    _ = close(descriptor)
  }

  private static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

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
