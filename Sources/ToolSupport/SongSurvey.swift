import Diagnostics
public import SongStream

/// What `--dry-run` does instead of ``SongFilter``: reads songs and prints what each would take.
///
/// A header line `song seconds bytes` comes first, then a line for each song, separated by tabs, on
/// standard output.
public struct SongSurvey {
  private let reader: SongReader

  /// The line before the songs.
  public static let title = "song\tseconds\tbytes"

  /// Opens the input; nil and `-` are standard input.
  ///
  /// - Throws: ``ToolFailure``: 66 if there is no such input, 64 for a terminal without `force`.
  public init(
    input path: String?, force: Bool, limits: StreamLimits = StreamLimits()
  ) throws(ToolFailure) {
    reader = try InputFile(path, force: force).songs(limits: limits)
  }

  /// Calls `estimate` with each song's header and the frames of its longest track, once it is read.
  ///
  /// - Throws: `StreamFailure` for a damaged input; an exit code once all songs are done, if one failed.
  public func run(
    _ console: Console, _ estimate: (SongHeader, Int) throws -> ResourceEstimate
  ) throws {
    var failures = BatchFailures()
    let output = StandardOutput()
    try output.line(Self.title)
    var current: SongHeader?
    var frames = 0
    while let event = try reader.next() {
      switch event {
      case .song(let header):
        (current, frames) = (header, 0)
      case .frames(let block):
        frames = max(frames, Int(clamping: block.position) + block.count)
      case .end:
        guard let header = current else { continue }
        do {
          try output.line(estimate(header, frames).line(song: header.id))
        } catch let failure as any SongFailure {
          failures.record(failure, song: header.id, on: console)
        }
        current = nil
      case .failed(let abort):
        failures.record(SongAborted(abort: abort), song: current?.id, on: console)
        current = nil
      case .closed: break
      }
    }
    try failures.conclude()
  }
}
