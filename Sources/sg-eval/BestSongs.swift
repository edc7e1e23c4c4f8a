import Diagnostics
import SongStream
import ToolSupport

/// Passes on the best song of each group, as it came, with a word on the choice in its history.
///
/// What comes is kept in temporary files without names: the song that is read, and the best so far.
final class BestSongs {
  private let output: OutputFile
  private let writer: SongWriter
  private let limits: StreamLimits
  private let console: Console

  private var group: String??
  private var current: (file: TemporaryFile, writer: SongWriter)?
  private var best: (file: TemporaryFile, song: Evaluated)?
  private var failed: (header: SongHeader, abort: SongAbort)?
  private var count = 0

  init(_ path: String?, force: Bool, limits: StreamLimits, console: Console) throws {
    output = try OutputFile(path, force: force)
    writer = output.songs(limits: limits)
    self.limits = limits
    self.console = console
  }

  /// Begins a song; when it belongs to another group, the best of the last one goes on.
  func begin(_ header: SongHeader) throws {
    let next = Evaluated.group(header)
    if let group, group != next { try pass() }
    group = .some(next)
    let file = try TemporaryFile()
    let writer = SongWriter(
      FileDescriptorSink(file.descriptor), name: "a temporary file", limits: limits)
    try writer.begin(header)
    current = (file, writer)
  }

  /// Keeps frames of the song.
  func take(_ block: FrameBlock) throws {
    try current?.writer.write(track: block.track, bytes: block.bytes)
  }

  /// Ends a song that was evaluated.
  func end(_ song: Evaluated, _ stop: StopReason) throws {
    guard let current else { return }
    self.current = nil
    count += 1
    console.detail("score \(decimal(song.score, places: 3))", song: song.id)
    if let best, best.song.score >= song.score { return }
    try current.writer.end(stop: stop)
    try current.writer.close()
    best = (current.file, song)
  }

  /// Gives up a song that failed, here or upstream.
  func fail(_ header: SongHeader, _ abort: SongAbort) {
    current = nil
    if failed == nil { failed = (header, abort) }
  }

  /// Passes on the best song of the last group and ends the stream.
  func finish() throws {
    if group != nil { try pass() }
    try writer.close()
    try output.commit()
  }

  /// Passes on the best song; where all have failed, that.
  private func pass() throws {
    defer { (best, failed, count) = (nil, nil, 0) }
    guard let best else {
      guard let failed else { return }
      try writer.begin(failed.header)
      try writer.fail(failed.abort)
      return
    }
    console.note(
      "the best of \(count) with a score of \(decimal(best.song.score, places: 3))",
      song: best.song.id)
    let store = FileStore(best.file.descriptor)
    let reader = SongReader(
      StoredBytes(store: store), name: "a temporary file", limits: limits)
    while let event = try reader.next() {
      switch event {
      case .song(var header):
        if header.history.count < limits.history {
          header.history.append(
            HistoryEntry(
              tool: Eval.toolName, version: Version.string,
              options: [
                "best_of": .integer(Int64(count)),
                "score": .number((best.song.score * 1e4).rounded() / 1e4),
              ]))
        }
        try writer.begin(header)
      case .frames(let block): try writer.write(track: block.track, bytes: block.bytes)
      case .end(_, let stop): try writer.end(stop: stop)
      case .failed, .closed: break
      }
    }
  }
}

/// A file read from its beginning, wherever its writer stands.
private struct StoredBytes: ByteSource {
  let store: FileStore
  var offset: UInt64 = 0

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(StreamFailure) -> Int {
    let count = try store.read(at: offset, into: buffer)
    offset += UInt64(count)
    return count
  }
}
