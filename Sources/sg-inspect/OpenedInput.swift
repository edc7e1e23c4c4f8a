import AudioIO
import Glibc
import SongStream
import ToolSupport

/// A file whose first bytes have been looked at: a song stream, or else audio.
struct OpenedInput {
  private let file: InputFile
  /// What had to be read to look, because the file cannot seek.
  private let prefix: [UInt8]
  let isStream: Bool

  private static let magic: [UInt8] = [0x89, 0x53, 0x47, 0x0A]

  init(_ file: InputFile) throws {
    self.file = file
    var first = [UInt8](repeating: 0, count: Self.magic.count)
    var filled = 0
    let start = lseek(file.descriptor, 0, SEEK_CUR)
    while filled < first.count {
      let count = try first.withUnsafeMutableBytes {
        try file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
      }
      if count == 0 { break }
      filled += count
    }
    let isBack = start >= 0 && lseek(file.descriptor, start, SEEK_SET) == start
    prefix = isBack ? [] : Array(first.prefix(filled))
    isStream = filled == 0 || first.prefix(filled) == Self.magic[...]
  }

  /// The songs, if this is a stream.
  func songs(limits: StreamLimits) -> SongReader {
    SongReader(PrefixedSource(prefix: prefix, file: file), name: file.name, limits: limits)
  }

  /// The samples, if this is audio.
  func audio() throws -> AudioReader {
    if !prefix.isEmpty {
      let rest = try file.readAll(limit: AudioLimits.spooledBytes)
      return try AudioReader(bytes: prefix + rest, name: file.name)
    }
    if file.descriptor != STDIN_FILENO { return try AudioReader(path: file.name) }
    return try AudioReader(descriptor: file.descriptor, name: file.name)
  }
}

/// Some bytes, and then those of a file.
private struct PrefixedSource: ByteSource {
  var prefix: [UInt8]
  let file: InputFile
  private let rest: FileDescriptorSource

  init(prefix: [UInt8], file: InputFile) {
    self.prefix = prefix
    self.file = file
    rest = FileDescriptorSource(file.descriptor)
  }

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(StreamFailure) -> Int {
    guard !prefix.isEmpty else { return try rest.read(into: buffer) }
    let count = min(prefix.count, buffer.count)
    buffer.copyBytes(from: prefix.prefix(count))
    prefix.removeFirst(count)
    return count
  }
}
