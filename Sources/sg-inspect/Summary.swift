import Diagnostics
import SongStream
import ToolSupport

/// A line per song, for people or for programs.
struct Summary {
  let input: SongInput
  let isJSON: Bool
  private let output = StandardOutput()

  init(input: SongInput, isJSON: Bool) {
    self.input = input
    self.isJSON = isJSON
  }

  /// Goes through all files; one that fails does not stop the others.
  func run(_ paths: [String?], _ console: Console) throws {
    var failures = BatchFailures()
    for path in paths {
      do {
        try read(path, &failures, console)
      } catch let failure as ToolFailure where failure.status == .inputOutput {
        throw failure
      } catch let failure as any SongFailure {
        failures.record(failure, song: nil, on: console)
      }
    }
    try failures.conclude()
  }

  private func read(
    _ path: String?, _ failures: inout BatchFailures, _ console: Console
  ) throws {
    let file = try InputFile(path, force: input.force)
    let reader = file.songs(limits: input.limits)
    var report: SongReport?
    var count = 0
    while let event = try reader.next() {
      switch event {
      case .song(let header):
        count += 1
        report = SongReport(file: file.name, number: count, header: header)
        report?.start = reader.recordOffset
      case .frames(let block):
        report?.add(block)
        continue
      case .end(_, let stop): report?.ending = .stop(stop)
      case .failed(let abort):
        report?.ending = .failed(abort)
        if input.isChosen(count) {
          failures.record(SongAborted(abort: abort), song: report?.header.id, on: console)
        }
      case .closed: continue
      }
      guard var whole = report, whole.ending != nil, input.isChosen(count) else { continue }
      whole.end = reader.offset
      try output.line(isJSON ? whole.json.printed() : whole.line)
      report = nil
    }
    if count < input.number ?? 1 { throw input.noSuchSong(file.name, count) }
  }
}
