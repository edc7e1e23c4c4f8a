import ArgumentParser
import Diagnostics
import SongStream
import TokenEditing
import TokenReading
import ToolSupport

/// `sg-train eval`
struct EvalCommand: TrainCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Measure how songs of tokens follow their requests.",
    discussion: """
      Reads what is sung from the tokens themselves, with the statistics of the model, and compares it \
      with the request of each song: phones, tempo, tags, and where the song ends. Prints a table, by \
      kinds of songs.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var model: ModelOptions
  @OptionGroup var force: ForceOption
  @OptionGroup var limit: LimitOptions

  @Option(
    help: ArgumentHelp(
      "Token statistics in the place of the model's.", valueName: "file.safetensors"),
    completion: .file(extensions: ["safetensors"]))
  var statistics: String?

  @Flag(help: "Print everything that is measured of each song, as JSON.")
  var json = false

  @Argument(
    help: ArgumentHelp("Songs of tokens (default: standard input).", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var input: String?

  mutating func work(_ console: Console) throws {
    let judge = try TokenJudge(model, statistics: statistics)
    let songs = try TokenSongs(input, force: force.force, limits: limit.limits, console: console)
    var failures = BatchFailures()
    var all = FiguresSummary()
    var kinds: [String: FiguresSummary] = [:]
    var labels: PhoneErrors?
    var rows: [JSONValue] = []
    while let song = try songs.next() {
      do {
        let figures = try judge.figures(song)
        all.add(figures)
        kinds[figures.kind, default: FiguresSummary()].add(figures)
        if let errors = try judge.figuresOfLabels(song) {
          labels = PhoneErrors(
            errors: (labels?.errors ?? 0) + errors.errors,
            phones: (labels?.phones ?? 0) + errors.phones)
        }
        if json { rows.append(figures.json) }
        console.detail("sings: \(SungPlan.text(figures.sung))", song: song.header.id)
      } catch let failure as any SongFailure {
        failures.record(failure, song: song.header.id, on: console)
      }
    }
    guard all.songs > 0 else { throw ToolFailure(.noInput, "there is no song to measure") }
    let output = StandardOutput()
    if json {
      let report: JSONValue = [
        "all": all.json, "kinds": .object(kinds.mapValues(\.json)), "songs": .array(rows),
        "label_phone_error": labels?.rate.map { .number($0) } ?? .null,
      ]
      try output.line(report.printed())
    } else {
      for line in FiguresTable(all: all, kinds: kinds).lines { try output.line(line) }
      if let rate = labels?.rate {
        try output.line("phone error against the labels: \(decimal(rate, places: 3))")
      }
    }
    try songs.failures.conclude()
    try failures.conclude()
  }
}
