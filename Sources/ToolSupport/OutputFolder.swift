import Diagnostics
import Glibc

/// A folder of files that appears under its name whole or not at all.
///
/// It is made beside its final name as `.NAME.XXXXXXXX` and renamed by ``commit()``. Without a commit,
/// and when a signal ends the process, it is removed with all that was written into it.
public final class OutputFolder {
  private let finalPath: String
  private let temporaryPath: String
  /// What is to be removed, outer folders first.
  private var made: [(path: String, slot: Int?)] = []
  private var isOpen = true

  /// Begins to write a folder.
  ///
  /// - Throws: ``ToolFailure`` with status 73 when something of that name is there, or it cannot be
  ///   made.
  ///
  /// Calls `mkdir(2)`.
  public init(_ path: String) throws(ToolFailure) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    var information = stat()
    guard lstat(path, &information) != 0 else {
      throw ToolFailure(
        .cannotCreate, "\(quoted(path)) is already there; remove it, or choose another name")
    }
    finalPath = path
    temporaryPath = OutputFile.temporaryName(for: path)
    try make(temporaryPath)
  }

  deinit { discard() }

  /// Writes a file of the folder.
  ///
  /// - Parameter path: below the folder; inner folders are made.
  /// - Throws: ``ToolFailure`` as ``OutputFile`` does, and what `body` throws.
  public func write(_ path: String, _ body: (OutputFile) throws -> Void) throws {
    var folder = temporaryPath
    let parts = path.split(separator: "/")
    for part in parts.dropLast() {
      folder += "/" + part
      if !made.contains(where: { $0.path == folder }) { try make(folder) }
    }
    let whole = temporaryPath + "/" + path
    let file = try OutputFile(whole)
    try body(file)
    try file.commit()
    made.append((whole, PendingFiles.add(whole)))
  }

  /// Ends the folder: it bears its final name.
  ///
  /// - Throws: ``ToolFailure`` with status 73.
  ///
  /// Calls `rename(2)`.
  public func commit() throws(ToolFailure) {
    guard isOpen else { return }
    var information = stat()
    let exists = lstat(finalPath, &information) == 0
    guard !exists, rename(temporaryPath, finalPath) == 0 else {
      let code = exists ? EEXIST : errno
      discard()
      throw ToolFailure(
        .cannotCreate, "cannot create \(quoted(finalPath)): \(systemMessage(code))")
    }
    isOpen = false
    for item in made { PendingFiles.remove(item.slot) }
  }

  /// Gives the folder up.
  public func discard() {
    guard isOpen else { return }
    isOpen = false
    for item in made.reversed() {
      if unlink(item.path) != 0 { rmdir(item.path) }
      PendingFiles.remove(item.slot)
    }
  }

  private func make(_ path: String) throws(ToolFailure) {
    guard mkdir(path, 0o777) == 0 else {
      throw ToolFailure(
        .cannotCreate, "cannot create \(quoted(finalPath)): \(systemMessage(errno))")
    }
    made.append((path, PendingFiles.add(path)))
  }
}
