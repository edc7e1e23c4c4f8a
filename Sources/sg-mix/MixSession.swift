import AudioIO
import Diagnostics
import Glibc
import Hashing
import Journal
import Mixing
import SongStream
import ToolSupport

/// The songs of one run, one after another.
///
/// In a directory a song gets its file when its end has been read: it is whole then, whatever
/// becomes of those after it. With `-o FILE` and `-o -` the whole stream is read first, so that
/// nothing appears when it is damaged or holds more than one song.
final class MixSession {
  let progress: Progress

  private let destination: Destination
  private let mix: MixFlags
  private let files: FileFlags
  private let console: Console
  private var names = FileNames()
  private var failures = BatchFailures()
  private var songs = 0
  private var current: (song: SongMix, file: OutputFile)?
  /// What the song that is read now failed of; told at its end, unless it failed upstream.
  private var failure: (any SongFailure)?
  private var header = SongHeader(kind: .pcm, id: "")
  private let batch: Batch?
  private var ready: FinishedSong?

  init(
    destination: Destination, mix: MixFlags, files: FileFlags, console: Console, progress: Progress
  ) throws {
    if case .directory(let directory, _) = destination, let path = files.journal {
      batch = try Batch(path, directory: directory, names: &names)
    } else {
      batch = nil
    }
    self.destination = destination
    self.mix = mix
    self.files = files
    self.console = console
    self.progress = progress
  }

  /// Takes the next event of the stream.
  ///
  /// - Throws: What no other song could be written after; a song's own failure is told, counted and
  ///   noted in the journal.
  func take(_ event: SongEvent) throws {
    switch event {
    case .song(let header):
      songs += 1
      self.header = header
      failure = nil
      try attempt { try begin(header) }
    case .frames(let block):
      guard let song = current?.song else { return }
      try attempt {
        try song.take(block)
        progress.update(song: song.header.id, stage: "mix", done: song.seconds, total: nil)
      }
    case .end:
      if let (song, file) = current { try attempt { try end(song, file) } }
      if let failure {
        failures.record(failure, song: header.id, on: console)
        try batch?.failed(
          header, tool: Mix.toolName, code: Int(failure.status.rawValue),
          message: failure.description)
      }
      current = nil
      progress.finish()
    case .failed(let abort):
      failures.record(SongAborted(abort: abort), song: header.id, on: console)
      try batch?.failed(header, tool: abort.tool, code: abort.code, message: abort.message)
      current = nil
      progress.finish()
    case .closed:
      break
    }
  }

  /// Ends the run at the legal end of the stream.
  ///
  /// - Throws: Failures of writing, 66 when there was no song though there is no journal to say that
  ///   all are done, and the first song's failure.
  func finish(inputName: String) throws {
    if let ready {
      self.ready = nil
      failure = nil
      try attempt { try commit(ready) }
      if let failure { failures.record(failure, song: ready.song.header.id, on: console) }
    }
    if songs == 0 && batch == nil { throw ToolFailure(.noInput, "no song in \(inputName)") }
    try failures.conclude()
  }

  /// Runs `body`; a failure ends the song, and the run too if the output is at fault.
  private func attempt(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let failure as any SongFailure {
      current = nil
      let fatal: [ExitStatus] = [.usage, .cannotCreate, .inputOutput]
      if fatal.contains(failure.status) { throw failure }
      self.failure = failure
    }
  }

  private func begin(_ header: SongHeader) throws {
    current = nil
    guard let (path, file) = try place(header) else {
      console.note("its file is there already, skipped", song: header.id)
      return
    }
    let tags = SongReport(header: header).tags(files)
    let base = files.keepsStems ? path.map(Self.withoutExtension) : nil
    let song = try SongMix(header, mix: mix, base: base, files: files, tags: tags)
    if let format = destination.format { try format.check(sampleRate: song.rate) }
    for name in mix.named.sorted() where !song.stems.contains(name) {
      console.warning("'\(name)' is not mixed here; its settings do nothing", song: header.id)
    }
    current = (song, file)
  }

  /// The file of the next song, and its path if it has one; nil when it is there already.
  private func place(_ header: SongHeader) throws -> (path: String?, file: OutputFile)? {
    if case .directory(let directory, let format) = destination {
      if let known = batch?.file(header) {
        if files.skipExisting && known.isDone { return nil }
        return (known.path, try OutputFile(known.path))
      }
      let path = directory + names.name(for: header.id) + "." + format.kind.rawValue
      // What lies there without a line in the journal was not finished by it.
      if files.skipExisting && batch == nil && access(path, F_OK) == 0 { return nil }
      return (path, try OutputFile(path))
    }
    if songs > 1 {
      throw ToolFailure(
        .usage, "a second song came, '\(printable(header.id))'; use -o DIR/ for a file each")
    }
    switch destination {
    case .stream(let output): return (nil, output)
    case .file(let path, _, let file): return file.map { (path, $0) }
    case .directory: return nil
    }
  }

  /// Masters a song that is all there; in a directory it becomes a file at once.
  private func end(_ song: SongMix, _ file: OutputFile) throws {
    try song.finish()
    var mastering = Mastering(song.spool, sampleRate: song.rate, settings: mix.master)
    let master = try mastering.prepare()
    for warning in master.warnings { console.warning("\(warning)", song: song.header.id) }
    console.detail(
      "gain \(decimal(master.gain, places: 1)) dB, limiter at most "
        + "\(decimal(master.limited, places: 1)) dB", song: song.header.id)
    if let format = destination.format {
      let rate = Double(song.rate)
      try mastering.write(
        to: file, format: format, rate: song.rate,
        tags: SongReport(header: song.header).tags(files), seed: song.header.seed ?? 0
      ) { frames in
        progress.update(
          song: song.header.id, stage: "write", done: Double(frames) / rate,
          total: Double(master.frames) / rate)
      }
    }
    let finished = FinishedSong(song: song, mastering: mastering, report: master, file: file)
    if case .directory = destination { try commit(finished) } else { ready = finished }
  }

  /// Gives the file its name, or writes to standard output, and says so.
  private func commit(_ finished: FinishedSong) throws {
    let (song, master, file) = (finished.song, finished.report, finished.file)
    if case .stream = destination {
      try finished.mastering.writeAU(to: file, rate: song.rate, frames: master.frames)
    }
    try song.commit()
    let digest = try batch.map { _ in try SHA256.file(file.descriptor, name: file.name) }
    try file.commit()
    if let digest { try batch?.finished(song.header, file: file.name, digest: digest) }
    progress.finish()
    let report = SongReport(header: song.header)
    guard let format = destination.format else {
      console.summary(report.summary(master, rate: song.rate, path: song.header.id))
      return
    }
    console.summary(report.summary(master, rate: song.rate, path: file.name))
    if files.json || isatty(STDOUT_FILENO) == 0 {
      let own = mix.json(song.stems, format: format)
      let line = report.json(master, rate: song.rate, path: file.name, own: own)
      try StandardOutput().line(String(decoding: line.encoded(), as: UTF8.self))
    }
  }

  /// `path` up to the last dot of its last part.
  private static func withoutExtension(_ path: String) -> String {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return path }
    return String(path[..<dot])
  }
}

/// A song that only waits to be put in its place.
struct FinishedSong {
  let song: SongMix
  let mastering: Mastering
  let report: MasterReport
  let file: OutputFile
}
