import ArgumentParser
import Diagnostics
import SongStream
import TokenEditing
import TokenReading
import ToolSupport

/// `sg-train prefer`
struct PreferCommand: TrainCommand {
  static let configuration = CommandConfiguration(
    commandName: "prefer", abstract: "Choose pairs of a better and a worse song.",
    discussion: """
      Reads several songs of each request, as sg-lm -n makes them, measures them as sg-train eval \
      does, and writes pairs: the better song, then the worse one, with the pair, the set and the \
      score in 'preference' of their headers.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var model: ModelOptions
  @OptionGroup var force: ForceOption
  @OptionGroup var limit: LimitOptions

  @Option(
    help: ArgumentHelp(
      "What the better song is better at: lyrics (S1), prompt (S2) or musicality (S3).",
      valueName: "set"))
  var set: PreferenceChoice

  @Option(
    help: ArgumentHelp(
      "By how much, from 0 to 1 (default: 0.2, 0.25, 0.05).", valueName: "score"))
  var margin: Double?

  @Option(help: ArgumentHelp("Most pairs of a request.", valueName: "n"))
  var pairs = 2

  @Option(
    help: ArgumentHelp(
      "Token statistics in the place of the model's.", valueName: "file.safetensors"),
    completion: .file(extensions: ["safetensors"]))
  var statistics: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to a file (default: standard output).", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var output: String?

  @Argument(
    help: ArgumentHelp("Songs of tokens (default: standard input).", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var input: String?

  func validate() throws {
    if let margin, !(0...1).contains(margin) {
      throw ValidationError("'--margin \(margin)': give 0 to 1")
    }
    guard (1...1000).contains(pairs) else {
      throw ValidationError("'--pairs \(pairs)': give 1 to 1000")
    }
  }

  mutating func work(_ console: Console) throws {
    let judge = try TokenJudge(model, statistics: statistics)
    let songs = try TokenSongs(input, force: force.force, limits: limit.limits, console: console)
    let file = try OutputFile(output, force: force.force)
    let writer = file.songs(limits: limit.limits)
    var failures = BatchFailures()
    var group: [(song: TokenSong, figures: SongFigures)] = []
    var (requests, chosen) = (0, 0)
    func finish() throws {
      guard let first = group.first else { return }
      requests += 1
      let scores = group.map { set.set.score($0.figures) }
      let found = PreferencePairs.choose(scores, margin: margin ?? set.set.margin, most: pairs)
      for (index, pair) in found.enumerated() {
        let name = "\(Self.request(of: first.song)).\(index + 1)"
        for (role, place) in [("win", pair.win), ("lose", pair.lose)] {
          var song = group[place].song
          song.header.extra["preference"] = [
            "pair": .string(name), "set": .string(set.rawValue), "role": .string(role),
            "score": scores[place].map { .number($0) } ?? .null,
          ]
          song.header.history.append(
            HistoryEntry(
              tool: console.tool, version: Version.string,
              options: ["command": "prefer", "set": .string(set.rawValue)]))
          try song.write(to: writer)
        }
      }
      chosen += found.count
      group = []
    }
    while let song = try songs.next() {
      if let last = group.last?.song,
        Self.request(of: last) != Self.request(of: song)
          || last.header.request?["gt_lyric"] != song.header.request?["gt_lyric"]
      {
        try finish()
      }
      do {
        group.append((song, try judge.figures(song)))
      } catch let failure as any SongFailure {
        failures.record(failure, song: song.header.id, on: console)
      }
    }
    try finish()
    try writer.close()
    try file.commit()
    console.note("\(chosen) pairs of \(requests) requests")
    try songs.failures.conclude()
    try failures.conclude()
  }

  /// The name of the request that a song is one of the songs of.
  private static func request(of song: TokenSong) -> String {
    song.header.extra["candidate"]?["song"]?.string ?? song.header.id
  }
}

/// `--set`.
enum PreferenceChoice: String, ExpressibleByArgument, CaseIterable {
  case lyrics
  case prompt
  case musicality

  var set: PreferenceSet {
    switch self {
    case .lyrics: .lyrics
    case .prompt: .prompt
    case .musicality: .musicality
    }
  }
}
