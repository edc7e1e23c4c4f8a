import Diagnostics
import Glibc

/// A directory beneath which paths that come from outside are opened.
///
/// A path is relative, has no `..`, and no part of it is a symbolic link, so that nothing outside the
/// directory can be reached, whatever happens to the files meanwhile; and only regular files are
/// opened.
public final class AudioRoot: Sendable {
  private let descriptor: Int32
  private let path: String

  /// - Throws: ``AudioFailure`` with status 66 when there is no such directory.
  ///
  /// Calls `open(2)`.
  public init(_ path: String) throws(AudioFailure) {
    self.path = path
    descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw AudioFailure(
        .noInput, "cannot open directory '\(printable(path))': \(systemMessage(errno))")
    }
  }

  deinit { close(descriptor) }

  /// Opens a file beneath the directory.
  ///
  /// - Throws: ``AudioFailure``: 65 for a path that leads or might lead elsewhere, 66 when there is no
  ///   such file, and what ``AudioReader`` throws.
  ///
  /// Calls `openat(2)`.
  public func open(_ name: String) throws(AudioFailure) -> AudioReader {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).filter { $0 != "." }
    guard !name.utf8.contains(0), name.utf8.count <= 4096, !parts.isEmpty,
      !parts.contains(where: { $0 == ".." || $0.isEmpty })
    else {
      throw AudioFailure(
        .data,
        "'\(printable(name))' is not a path beneath '\(printable(path))': it must be relative "
          + "and without '..'")
    }
    var folder = descriptor
    defer { if folder != descriptor { close(folder) } }
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      let kind = isLast ? O_NONBLOCK : O_DIRECTORY
      let next = openat(folder, String(part), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | kind)
      let code = errno
      guard next >= 0 else { throw failure(name, folder, String(part), code) }
      if folder != descriptor { close(folder) }
      folder = next
    }
    let file = folder
    folder = descriptor
    var information = stat()
    guard fstat(file, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
      close(file)
      throw AudioFailure(.data, "'\(printable(name))' is not a regular file")
    }
    return try AudioReader(file: file, name: name)
  }

  private func failure(
    _ name: String, _ folder: Int32, _ part: String, _ code: Int32
  ) -> AudioFailure {
    var information = stat()
    if fstatat(folder, part, &information, AT_SYMLINK_NOFOLLOW) == 0,
      information.st_mode & S_IFMT == S_IFLNK
    {
      return AudioFailure(
        .data,
        "'\(printable(name))' leads through a symbolic link, which is not followed beneath "
          + "'\(printable(path))'")
    }
    return AudioFailure(
      .noInput,
      "cannot open '\(printable(name))' beneath '\(printable(path))': \(systemMessage(code))")
  }
}
