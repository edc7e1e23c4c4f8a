import AudioIO
import Diagnostics
import Lyrics
import ReferenceAudio
import SongStream
import ToolSupport

/// `--dry-run`: what each recording would take.
struct EncodeSurvey {
  private let plan: EncodePlan
  private let flags: EncodeFlags
  private let console: Console
  private let force: Bool

  init(_ plan: EncodePlan, flags: EncodeFlags, console: Console, force: Bool) {
    self.plan = plan
    self.flags = flags
    self.console = console
    self.force = force
  }

  /// Those of the command line.
  func recordings(_ files: [String]) throws {
    let stem = flags.vocal ?? flags.accompaniment
    let paths: [String?] = files.isEmpty ? [stem] : files.map { $0 == "-" ? nil : $0 }
    let output = StandardOutput()
    var failures = BatchFailures()
    try output.line(SongSurvey.title)
    for path in paths {
      let id = RecordingBatch.id(path)
      do {
        try output.line(plan.estimate(open(path)).line(song: id))
      } catch let failure as any SongFailure {
        if paths.count == 1 { throw failure }
        failures.record(failure, song: id, on: console)
      }
    }
    try failures.conclude()
  }

  /// Those that requests ask for; a recording is encoded once, and a request without one takes nothing.
  func requests(_ input: String?, root: String?, limits: StreamLimits) throws {
    let root = try root.map { try AudioRoot($0) }
    var known: Set<String> = []
    try SongSurvey(input: input, force: force, limits: limits).run(console) { header, _ in
      guard let json = header.request, let path = try Request(json: json).promptAudioPath,
        known.insert(path).inserted
      else { return ResourceEstimate(seconds: 0, bytes: 0) }
      guard let root else { throw Attachment.noRoot(path) }
      return try plan.estimate(root.open(path))
    }
  }

  private func open(_ path: String?) throws -> AudioReader {
    if let path { return try AudioReader(path: path) }
    let input = try InputFile(nil, force: force)
    return try AudioReader(descriptor: input.descriptor, name: input.name)
  }
}
