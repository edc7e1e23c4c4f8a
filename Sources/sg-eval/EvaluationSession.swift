import Diagnostics
import SongEvaluation
import SongStream
import ToolSupport

/// The songs of one run, one after another: one that fails does not stop the others.
final class EvaluationSession {
  private let settings: EvaluationSettings
  private let console: Console
  private let progress: Progress
  private let report: ReportFile?
  private let best: BestSongs?
  /// Nil if the figures are not printed.
  private var output: FigureOutput?
  private var failures = BatchFailures()
  private var songs = 0

  init(
    _ settings: EvaluationSettings, output: FigureOutput?, report: ReportFile?, best: BestSongs?,
    progress: Progress
  ) {
    self.settings = settings
    self.output = output
    self.report = report
    self.best = best
    self.progress = progress
    console = settings.console
  }

  /// Evaluates an audio file, or all songs of a stream.
  func evaluate(path: String, force: Bool) throws {
    do {
      let file = try InputFile(path, force: force)
      if path == "-" || AudioFolder.isStream(file) { return try read(file) }
    } catch let failure as any SongFailure {
      // What one file of several is like does not stop the others.
      if path == "-" || best != nil { throw failure }
      try check(failure)
      return failures.record(failure, song: nil, on: console)
    }
    guard best == nil else {
      throw ToolFailure(
        .usage, "'\(printable(path))' is no stream; '--best' passes on songs of streams")
    }
    songs += 1
    do {
      let song = try FileSong(path: path, settings: settings).evaluate { seconds in
        progress.update(song: path, stage: "evaluate", done: seconds, total: nil)
      }
      try add(song)
    } catch let failure as any SongFailure {
      progress.finish()
      try check(failure)
      failures.record(failure, song: path, on: console)
    }
  }

  /// Ends the run.
  ///
  /// - Throws: 66 when there was no song, and the first song's failure.
  func finish() throws {
    progress.finish()
    try output?.finish()
    try best?.finish()
    try report?.finish()
    if songs == 0 && failures.count == 0 { throw ToolFailure(.noInput, "no song in the input") }
    try failures.conclude()
  }

  private func read(_ file: InputFile) throws {
    let reader = file.songs(limits: settings.limits)
    var song: StreamSong?
    var failure: (any SongFailure)?
    var header = SongHeader(kind: .pcm, id: "")
    func attempt(_ body: () throws -> Void) throws {
      do {
        try body()
      } catch let problem as any SongFailure {
        try check(problem)
        song = nil
        failure = problem
      }
    }
    while let event = try reader.next() {
      switch event {
      case .song(let next):
        songs += 1
        (header, song, failure) = (next, nil, nil)
        try best?.begin(header)
        try attempt { song = try StreamSong(header, source: file.name, settings: settings) }
      case .frames(let block):
        guard song != nil else { continue }
        try best?.take(block)
        try attempt { try song?.take(block) }
        progress.update(
          song: header.id, stage: "evaluate", done: song?.seconds ?? 0, total: nil)
      case .end(_, let stop):
        try attempt {
          guard let finished = try song?.finish(stop) else { return }
          try add(finished)
          try best?.end(finished, stop)
        }
        progress.finish()
        guard let failure else { continue }
        failures.record(failure, song: header.id, on: console)
        best?.fail(
          header,
          SongAbort(
            tool: Eval.toolName, code: Int(failure.status.rawValue), message: failure.description))
      case .failed(let abort):
        song = nil
        progress.finish()
        failures.record(SongAborted(abort: abort), song: header.id, on: console)
        best?.fail(header, abort)
      case .closed: break
      }
    }
  }

  private func add(_ song: Evaluated) throws {
    progress.finish()
    if let problem = song.problem { failures.record(problem, song: song.id, on: console) }
    try output?.add(song)
    try report?.add(song)
  }

  /// Lets go through what ends the run: a disk that is full, a place that cannot be written.
  private func check(_ failure: any SongFailure) throws {
    let fatal: [ExitStatus] = [.usage, .cannotCreate, .inputOutput]
    if fatal.contains(failure.status) { throw failure }
  }
}
