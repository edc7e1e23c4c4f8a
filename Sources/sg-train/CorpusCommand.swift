import ArgumentParser
import Corpus
import DefaultModel
import Diagnostics
import Lyrics
import Neural
import SongStream
import ToolSupport
import Weights

/// `sg-train corpus`
struct CorpusCommand: TrainCommand {
  static let configuration = CommandConfiguration(
    commandName: "corpus", abstract: "Make songs from a seed.",
    discussion: """
      Lyrics are drawn from the lexicon of the embedded model, styles from its tags. Without -o only \
      the requests are printed. The same seed makes the same songs.
      """)

  @OptionGroup var common: CommonOptions

  @Option(
    help: ArgumentHelp(
      "What is made: words or lines, with a number behind a colon, short or song.",
      valueName: "kind"))
  var kind = KindArgument(extent: .short)

  @Option(name: [.customShort("n"), .long], help: ArgumentHelp("How many.", valueName: "n"))
  var count = 1

  @Option(help: ArgumentHelp("Seed of the first; each has the next number.", valueName: "n"))
  var seed: UInt64 = 1

  @Flag(help: "Use the words that are kept back for evaluation, and no others.")
  var heldOut = false

  @OptionGroup var threads: ThreadOptions
  @OptionGroup var force: ForceOption

  @Option(
    help: ArgumentHelp(
      "Write the tokens that the codec of this model makes of the songs (default: no tokens).",
      valueName: "name|dir"), completion: .directory)
  var model: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "With --model the file to write (default: standard output), else a folder for stems, requests "
        + "and labels (default: requests only, to standard output).", valueName: "path"),
    completion: .file())
  var output: String?

  func validate() throws {
    guard (1...10_000_000).contains(count) else {
      throw ValidationError("'-n \(count)': give 1 to 10000000")
    }
  }

  mutating func work(_ console: Console) throws {
    let words = try PronouncedWords(embedded: DefaultModel.directory())
    guard model != nil || output != nil else { return try printRequests(words) }
    let progress = Progress(common.progress, console: console)
    defer { progress.finish() }
    let batch = SongBatch(
      maker: SongMaker(words), extent: kind.extent, heldOut: heldOut,
      pool: ThreadPool(threads: threads.threads ?? ThreadPool.availableThreads()))
    var frames = 0
    func tell(_ song: CorpusSong) {
      frames += song.frames
      progress.update(song: "corpus", stage: "making", done: Double(frames) / 25, total: nil)
    }
    if let model {
      let tokens = try CorpusTokens(Self.open(model), path: output, force: force.force)
      let codec = tokens.codec
      try batch.forEach(count, from: seed) {
        CorpusTokens.rows($0, codec)
      } _: { seed, song, rows in
        try tokens.write(song, rows: rows, seed: seed, history: history)
        tell(song)
      }
      try tokens.finish()
    } else if let output {
      try CorpusFolder(output).write(history: history) { take in
        try batch.forEach(count, from: seed) { _ in
        } _: { seed, song, _ in
          try take(seed, song)
          tell(song)
        }
      }
    }
    progress.finish()
    console.note("\(count) songs, \(decimal(Double(frames) / 1500, places: 1)) minutes")
  }

  private static func open(_ name: String) throws -> ModelDirectory {
    switch try ModelLocator().locate(name) {
    case .directory(let path): try ModelDirectory(path: path)
    case .embedded: try DefaultModel.directory()
    }
  }

  private func printRequests(_ words: PronouncedWords) throws {
    let planner = SongPlanner(words)
    let output = StandardOutput()
    for index in 0..<UInt64(count) {
      let seed = seed &+ index
      let plan = try planner.plan(seed: seed, kind: kind.extent, heldOut: heldOut)
      let request = plan.request(seed: seed)
      try output.line(String(decoding: request.referenceJSON.encoded(), as: UTF8.self))
    }
  }

  private var history: HistoryEntry {
    HistoryEntry(
      tool: Train.toolName, version: Version.string,
      options: [
        "command": "corpus", "kind": .string(kind.defaultValueDescription),
        "held_out": .bool(heldOut),
      ])
  }
}

/// `--kind`: `words:3`, `lines:2`, `short`, `song`.
struct KindArgument: ExpressibleByArgument {
  let extent: SongExtent

  init(extent: SongExtent) { self.extent = extent }

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let number = parts.count == 2 ? Int(parts[1]) : nil
    switch parts[0] {
    case "words":
      guard let number, (1...14).contains(number) else { return nil }
      extent = .words(number)
    case "lines":
      guard let number, (1...8).contains(number) else { return nil }
      extent = .lines(number)
    case "short" where parts.count == 1: extent = .short
    case "song" where parts.count == 1: extent = .song
    default: return nil
    }
  }

  var defaultValueDescription: String {
    switch extent {
    case .words(let number): "words:\(number)"
    case .lines(let number): "lines:\(number)"
    case .short: "short"
    case .song: "song"
    }
  }
}

extension PronouncedWords {
  /// With the lexicon of the embedded model.
  init(embedded model: ModelDirectory) throws {
    let file = try model.file(.lexicon)
    self = try withExtendedLifetime(file) { try PronouncedWords(lexicon: file.bytes) }
  }
}
