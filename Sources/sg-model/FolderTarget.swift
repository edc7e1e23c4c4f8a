import ModelImport
import ToolSupport
import Weights

/// A model directory that appears under its name when it is whole.
final class FolderTarget: ImportTarget {
  private let folder: OutputFolder
  /// What was written.
  private(set) var files = 0
  private(set) var bytes = 0

  init(_ path: String) throws(ToolFailure) { folder = try OutputFolder(path) }

  /// A file as a sink, which counts.
  private final class FileSink: ByteSink {
    let file: OutputFile
    var bytes = 0

    init(_ file: OutputFile) { self.file = file }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
      try file.write(bytes)
      self.bytes += bytes.count
    }
  }

  func write(_ path: String, _ body: (inout any ByteSink) throws -> Void) throws {
    try folder.write(path) { file in
      let counter = FileSink(file)
      var sink: any ByteSink = counter
      try body(&sink)
      files += 1
      bytes += counter.bytes
    }
  }

  func commit() throws(ToolFailure) { try folder.commit() }
}
