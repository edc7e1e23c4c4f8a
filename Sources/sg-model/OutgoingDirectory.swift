import Diagnostics
import Glibc
import ModelImport
import ToolSupport
import Weights

/// A directory that files are written into, each of them whole or not at all.
struct OutgoingDirectory {
  private let path: String

  /// Makes the directory.
  ///
  /// - Throws: `usage` when it holds something already, unless `force`.
  init(_ path: String, force: Bool) throws(ToolFailure) {
    self.path = path
    try Self.make(path)
    guard force || Self.isEmpty(path) else {
      throw ToolFailure(
        .cannotCreate, "'\(printable(path))' is not empty (--force writes into it all the same)")
    }
  }

  /// Writes a file, and reports progress in bytes of it.
  func write(_ file: OutgoingFile, progress: @escaping (Int) -> Void) throws {
    var folder = path
    for part in file.path.split(separator: "/").dropLast() {
      folder += "/" + part
      try Self.make(folder)
    }
    let output = try OutputFile(path + "/" + file.path)
    var sink = FileSink(output)
    try file.write(to: &sink, progress: progress)
    try output.commit()
  }

  private static func make(_ path: String) throws(ToolFailure) {
    if mkdir(path, 0o777) != 0, errno != EEXIST {
      throw ToolFailure(
        .cannotCreate, "cannot create '\(printable(path))': \(systemMessage(errno))")
    }
  }

  private static func isEmpty(_ path: String) -> Bool {
    guard let directory = opendir(path) else { return true }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let isSelf = withUnsafeBytes(of: entry.pointee.d_name) { name in
        name.prefix { $0 != 0 }.allSatisfy { $0 == UInt8(ascii: ".") }
      }
      if !isSelf { return false }
    }
    return true
  }
}

/// An output file as a sink.
private struct FileSink: ByteSink {
  private let file: OutputFile

  init(_ file: OutputFile) { self.file = file }

  mutating func write(_ bytes: UnsafeRawBufferPointer) throws { try file.write(bytes) }
}
