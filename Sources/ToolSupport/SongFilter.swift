public import Diagnostics
public import SongStream

/// A tool in the middle of a pipe: songs in, songs out.
///
/// One song that fails, here or upstream, becomes a failed song (`A`) downstream and does not stop
/// the others; a damaged input ends the tool at once, with no end marker (`Z`) downstream.
public final class SongFilter {
  /// Where songs go; ``run(_:_:)`` begins and ends none of them itself.
  public let writer: SongWriter
  private let reader: SongReader
  private let output: OutputFile

  /// Opens both ends; nil and `-` are standard input and output.
  ///
  /// - Throws: ``ToolFailure``: 66 if there is no such input, 73 if the output cannot be created,
  ///   64 for a terminal without `force`.
  public init(
    input path: String?, output: String?, force: Bool, limits: StreamLimits = StreamLimits()
  ) throws(ToolFailure) {
    let input = try InputFile(path, force: force)
    self.output = try OutputFile(output, force: force)
    reader = input.songs(limits: limits)
    writer = self.output.songs(limits: limits)
  }

  /// Calls `process` with each song, which reads its ``Song`` to the end and writes its own.
  ///
  /// - Throws: `StreamFailure` for a damaged input or an output that cannot be written; an exit code
  ///   once all songs are done, if one failed.
  public func run(
    _ console: Console, _ process: (SongHeader, Song) throws -> Void
  ) throws {
    var failures = BatchFailures()
    while let event = try reader.next() {
      guard case .song(let header) = event else { continue }
      let song = Song(reader)
      do {
        try process(header, song)
        try song.drain()
      } catch let failure as StreamFailure {
        throw failure
      } catch let own as any SongFailure {
        // Where the song failed upstream too, that is why it failed here.
        let upstream = try song.drain().map { SongAborted(abort: $0) } ?? own as? SongAborted
        failures.record(upstream ?? own, song: header.id, on: console)
        if writer.header == nil { try writer.begin(header) }
        try writer.fail(
          upstream?.abort
            ?? SongAbort(
              tool: console.tool, code: Int(own.status.rawValue), message: own.description))
      }
    }
    try writer.close()
    try output.commit()
    try failures.conclude()
  }

  /// The frames of one song, in the order in which they come.
  public final class Song {
    /// Why the song stopped, once ``next()`` has returned nil.
    public private(set) var stop: StopReason?
    private let reader: SongReader
    private var isOver = false

    fileprivate init(_ reader: SongReader) {
      self.reader = reader
    }

    /// The next frames, nil at the end of the song.
    ///
    /// - Throws: `StreamFailure` for a damaged stream; ``SongAborted`` if the song failed upstream.
    public func next() throws -> FrameBlock? {
      while !isOver, let event = try reader.next() {
        switch event {
        case .frames(let block): return block
        case .end(_, let stop):
          self.stop = stop
          isOver = true
        case .failed(let abort):
          isOver = true
          throw SongAborted(abort: abort)
        case .song, .closed: break
        }
      }
      return nil
    }

    /// Reads what `process` left.
    ///
    /// - Returns: What the tool upstream said, if it gave up on the song.
    @discardableResult fileprivate func drain() throws -> SongAbort? {
      do {
        while try next() != nil {}
        return nil
      } catch let failure as SongAborted {
        return failure.abort
      }
    }
  }
}

/// A song failed in a tool upstream.
public struct SongAborted: SongFailure {
  /// What that tool said.
  public let abort: SongAbort

  public init(abort: SongAbort) {
    self.abort = abort
  }

  public var status: ExitStatus { ExitStatus(rawValue: Int32(abort.code)) ?? .data }

  public var description: String {
    "\(printable(abort.tool)) gave up on it: \(printable(abort.message))"
  }
}
