import ArgumentParser
import Diagnostics
import SongStream
import ToolSupport

/// What is in a stream, and what it looks like.
@main
struct Inspect: SongTool {
  static let configuration = CommandConfiguration.tool(
    "sg-inspect",
    abstract: "Show, check, repair and convert song streams.",
    discussion: """
      Reads the streams that the other tools pass each other and prints a line per song. With \
      --png it also reads audio files.
      """,
    examples: [
      "sg-inspect take1.sgs take2.sgs",
      "sg-lyrics song.jsonl | sg-lm | sg-inspect --json",
      "sg-inspect --png rows.png take1.sgs",
      "sg-inspect --recover damaged.sgs -o saved.sgs",
    ])

  @OptionGroup var common: CommonOptions
  @OptionGroup var force: ForceOption
  @OptionGroup var limit: LimitOptions

  @Flag(help: "Print a JSON object per song.")
  var json = false

  @Flag(help: "Print the tokens of a song as a table.")
  var tsv = false

  @Flag(help: "Print nothing; the exit code says whether all is well.")
  var check = false

  @Flag(help: "Write the whole songs of damaged streams.")
  var recover = false

  @Option(
    help: ArgumentHelp(
      "Write a song's tokens as a NumPy array, int32 [3, T].", valueName: "file"),
    completion: .file(extensions: ["npy"]))
  var npy: String?

  @Option(
    help: ArgumentHelp(
      "Make a tokens stream of a NumPy array, [3, T] or [1, 3, T].", valueName: "file"),
    completion: .file(extensions: ["npy"]))
  var fromNpy: String?

  @Option(
    help: ArgumentHelp(
      "Draw a song: its token rows, or level and spectrogram of its stems or of an audio file.",
      valueName: "file"),
    completion: .file(extensions: ["png"]))
  var png: String?

  @Option(
    help: ArgumentHelp("Only the song with this number, counted from 1.", valueName: "number"))
  var song: Int?

  @Option(
    help: ArgumentHelp(
      "The id of the song that --from-npy makes (default: the file's name).", valueName: "id"))
  var id: String?

  @Option(
    help: ArgumentHelp(
      "Tokens that --from-npy reads are below this (default: 16384).", valueName: "size"))
  var vocab: Int?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Where --recover and --from-npy write (default: standard output).", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var output: String?

  @Argument(
    help: ArgumentHelp(
      "Streams; for --png also audio (default: standard input).", valueName: "file"),
    completion: .file())
  var files: [String] = []

  mutating func validate() throws {
    let modes = [
      ("--json", json), ("--tsv", tsv), ("--check", check), ("--recover", recover),
      ("--npy", npy != nil), ("--from-npy", fromNpy != nil), ("--png", png != nil),
    ].filter(\.1).map(\.0)
    guard modes.count <= 1 else {
      throw ValidationError("'\(modes[0])' and '\(modes[1])' exclude each other; remove one")
    }
    let mode = modes.first ?? ""
    func only(_ option: String, _ isGiven: Bool, with others: [String]) throws {
      guard isGiven, !others.contains(mode) else { return }
      let list = others.map { $0.isEmpty ? "the summary" : "'\($0)'" }.joined(separator: ", ")
      throw ValidationError("'\(option)' goes with \(list) only; remove it")
    }
    try only("--output", output != nil, with: ["--recover", "--from-npy"])
    try only("--id", id != nil, with: ["--from-npy"])
    try only("--vocab", vocab != nil, with: ["--from-npy"])
    try only("--song", song != nil, with: ["", "--json", "--tsv", "--npy", "--png"])
    if ["--tsv", "--npy", "--png"].contains(mode), files.count > 1 {
      throw ValidationError("'\(mode)' takes one file; \(files.count) are given")
    }
    if fromNpy != nil, !files.isEmpty {
      throw ValidationError("'--from-npy' takes its own file; remove '\(files[0])'")
    }
    if let song, song < 1 { throw ValidationError("'--song \(song)': songs are counted from 1") }
    if let vocab, !(1...65536).contains(vocab) {
      throw ValidationError("'--vocab \(vocab)': give 1 to 65536")
    }
  }

  mutating func work(_ console: Console) throws {
    let limits = limit.limits
    let input = SongInput(number: song, limits: limits, force: force.force)
    let paths: [String?] = files.isEmpty ? [nil] : files
    if check {
      try StreamCheck(limits: limits, force: force.force).run(paths, console)
    } else if recover {
      try Recovery(limits: limits, force: force.force).run(paths, to: output, console)
    } else if tsv {
      try TokenTable().run(input, paths[0])
    } else if let npy {
      try ArrayExchange.export(input, paths[0], to: npy)
    } else if let fromNpy {
      try ArrayExchange.load(
        fromNpy, id: id, vocab: vocab ?? 16384, limits: limits, force: force.force, to: output)
    } else if let png {
      try Drawing(input: input, force: force.force).run(paths[0], to: png)
    } else {
      try Summary(input: input, isJSON: json).run(paths, console)
    }
  }
}
