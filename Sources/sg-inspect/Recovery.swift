import ArgumentParser
import Diagnostics
import Glibc
import SongStream
import ToolSupport

/// Saves the whole songs of damaged streams, byte for byte, in one new stream.
struct Recovery {
  let limits: StreamLimits
  let force: Bool

  func run(_ paths: [String?], to target: String?, _ console: Console) throws {
    let output = try OutputFile(target, force: force)
    var saved = 0
    var failures = BatchFailures()
    for path in paths {
      do {
        saved += try recover(path, to: output, console)
      } catch let failure as ToolFailure where failure.status != .noInput {
        throw failure
      } catch let failure as any SongFailure {
        failures.record(failure, song: nil, on: console)
      }
    }
    guard saved > 0 else {
      try failures.conclude()
      throw ToolFailure(.data, "no whole song was found; nothing is written")
    }
    try SongWriter.endRecord(songs: UInt64(saved)).withUnsafeBytes { try output.write($0) }
    try output.commit()
    try failures.conclude()
  }

  /// - Returns: How many songs were saved.
  private func recover(
    _ path: String?, to output: OutputFile, _ console: Console
  ) throws -> Int {
    let file = try InputFile(path, force: force)
    let (descriptor, spool) = try seekable(file)
    defer { withExtendedLifetime(spool) {} }
    let store = FileStore(descriptor)
    let name = printable(file.name)
    var (saved, lost) = (0, 0)
    var problem: (any Error)?
    try SongRecovery(store, name: file.name, limits: limits).run { finding in
      guard problem == nil else { return }
      switch finding {
      case .whole(let id, let range):
        do {
          try copy(range, of: store, to: output)
          saved += 1
          console.detail("saved", song: id)
        } catch {
          problem = error
        }
      case .failed(let id, let abort):
        console.warning("left out: \(SongAborted(abort: abort))", song: id)
      case .damage(let failure):
        lost += 1
        if case .empty = failure.reason { problem = failure } else { console.warning("\(failure)") }
      }
    }
    if let problem { throw problem }
    let songs = saved == 1 ? "1 whole song" : "\(saved) whole songs"
    console.note("\(name): \(songs) saved, damage in \(lost) place\(lost == 1 ? "" : "s")")
    return saved
  }

  private func copy(_ range: Range<UInt64>, of store: FileStore, to output: OutputFile) throws {
    var offset = range.lowerBound
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while offset < range.upperBound {
      let count = Int(min(UInt64(buffer.count), range.upperBound - offset))
      let read = try buffer.withUnsafeMutableBytes { bytes in
        try store.read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<count]))
      }
      guard read > 0 else {
        throw ToolFailure(.inputOutput, "the stream became shorter while it was read")
      }
      try buffer.withUnsafeBytes {
        try output.write(UnsafeRawBufferPointer(rebasing: $0[..<read]))
      }
      offset += UInt64(read)
    }
  }

  /// The file itself if it can seek, otherwise a copy that has no name and goes with the process.
  private func seekable(_ file: InputFile) throws -> (descriptor: Int32, copy: TemporaryFile?) {
    if lseek(file.descriptor, 0, SEEK_CUR) >= 0 { return (file.descriptor, nil) }
    let copy = try TemporaryFile()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
      if count == 0 { return (copy.descriptor, copy) }
      try buffer.withUnsafeBytes {
        try Descriptor.write(
          UnsafeRawBufferPointer(rebasing: $0[..<count]), to: copy.descriptor,
          name: "a temporary file")
      }
    }
  }
}
