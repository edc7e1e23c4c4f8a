import ArgumentParser
import DefaultModel
import Diagnostics
import Glibc
import Journal
import Lyrics
import SongStream
import ToolSupport
import Weights

/// Lyrics and descriptions to checked requests: the beginning of every pipe.
@main
struct LyricsTool: SongTool {
  static let configuration = CommandConfiguration.tool(
    "sg-lyrics",
    abstract: "Check lyrics and descriptions, and make song requests of them.",
    discussion: """
      Reads requests in the JSON lines of the reference, or plain lyrics with headings like [verse], \
      and writes a request stream for sg-lm. Every finding has its file, line and column; a request \
      with an error becomes a failed song, the others go on.
      """,
    examples: [
      "sg-lyrics walk.txt --describe \"female, pop, happy, the bpm is 125\" | sg-lm > walk.sgs",
      "sg-lyrics songs.jsonl --check",
      "sg-lyrics songs.jsonl --fix --jsonl > repaired.jsonl",
    ])

  @OptionGroup var common: CommonOptions
  @OptionGroup var force: ForceOption

  @Flag(help: "Only check: no stream; findings go to standard output.")
  var check = false

  @Flag(help: "Repair what is safe: characters, spaces, separators, full stops.")
  var fix = false

  @Flag(help: "Findings as JSON, one object a line.")
  var json = false

  @Flag(help: "Write requests as JSON lines, the form of the reference, not as a stream.")
  var jsonl = false

  @Option(
    help: ArgumentHelp(
      "The description of every song: tags parted by commas.", valueName: "tags"))
  var describe: String?

  @Option(
    help: ArgumentHelp(
      "The name of the song (default: 'idx', or the name of the file).", valueName: "name"))
  var id: String?

  @Flag(help: "Songs without a voice; the same as --type bgm.")
  var instrumental = false

  @Option(
    help: ArgumentHelp(
      "What of the songs is asked for: mixed, vocal, separate or bgm (no voice).",
      valueName: "type"))
  var type: GenerationChoice?

  @Option(
    help: ArgumentHelp(
      "Check lengths against what this model reads (default: lengths are not checked).",
      valueName: "name|dir"),
    completion: .directory)
  var model: String?

  @Option(
    help: ArgumentHelp(
      "Leave out the songs that this journal of sg-mix says are done; none need be there yet.",
      valueName: "file"),
    completion: .file(extensions: ["jsonl"]))
  var skipDone: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to a file (default: standard output).", valueName: "file"),
    completion: .file())
  var output: String?

  @Argument(
    help: ArgumentHelp(
      "JSON lines or plain lyrics, told apart by their first character (default: standard input).",
      valueName: "file"), completion: .file(extensions: ["jsonl", "txt"]))
  var inputs: [String] = []

  func validate() throws {
    if check && output != nil {
      throw ValidationError("'--check' writes no stream; remove '--output'")
    }
    if check && jsonl {
      throw ValidationError("'--check' and '--jsonl' exclude each other; remove one")
    }
    if check && skipDone != nil {
      throw ValidationError("'--check' looks at every song; remove '--skip-done'")
    }
    if instrumental, let type, type.value != .accompaniment {
      throw ValidationError("'--instrumental' and '--type \(type.rawValue)' exclude each other")
    }
  }

  mutating func work(_ console: Console) throws {
    var options = RequestChecker.Options()
    options.repairs = fix
    options.description = describe
    options.id = id
    options.generation = instrumental ? .accompaniment : type?.value
    if model != nil || getenv("SG_MODEL").map({ $0[0] != 0 }) == true {
      var chosen = ModelOptions()
      chosen.model = model
      options.lengths = try ModelLengths.limits(
        chosen.open(directory: ModelDirectory.init(path:), embedded: DefaultModel.directory))
    }
    var done = try skipDone.map { path throws(JournalFailure) in try DoneSongs(path) }
    var skipped = 0
    let output = try check ? nil : requestOutput()
    let report = FindingReport(
      descriptor: check ? 1 : 2, json: json, quiet: common.quiet)
    var requests = RequestReader(options)
    for path in inputs.isEmpty ? ["-"] : inputs {
      try requests.read(path) { name, result in
        try report.add(result, file: name)
        if let request = result.request {
          if done?.isDone(SongKey(id: result.id, request: request.json)) == true {
            console.detail("done already, left out", song: request.id)
            skipped += 1
            return
          }
          console.detail("\(request.sections.count) sections", song: request.id)
        }
        try output?.write(result, file: name)
      }
    }
    guard report.requests > 0 else {
      throw ToolFailure(
        .noInput,
        "no request in \(inputs.allSatisfy { $0 == "-" } ? "standard input" : "the files"); "
          + "lyrics begin with '[verse]', requests with '{'")
    }
    try output?.finish()
    if skipped > 0 {
      console.note("\(skipped) of \(report.requests) songs are done already, left out")
    }
    if !json, check || report.findings > 0 { console.summary(report.summary) }
    if report.errors > 0 { throw ExitCode(ExitStatus.data.rawValue) }
  }

  private func requestOutput() throws -> RequestOutput {
    var options: [String: JSONValue] = [:]
    if fix { options["fix"] = true }
    return try RequestOutput(
      output, form: jsonl ? .lines : .stream, force: force.force, options: options)
  }
}

/// `--type`.
enum GenerationChoice: String, ExpressibleByArgument, CaseIterable {
  case mixed
  case vocal
  case separate
  case bgm

  var value: GenerationType? { GenerationType(rawValue: rawValue) }
}
