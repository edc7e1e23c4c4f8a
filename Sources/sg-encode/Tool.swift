import ArgumentParser
import DefaultModel
import Diagnostics
import Lyrics
import Neural
import PromptLibrary
import SongStream
import ToolSupport
import Weights

/// Reference audio to prompt tokens.
@main
struct Encode: SongTool {
  static let configuration = CommandConfiguration.tool(
    "sg-encode",
    abstract: "Encode reference audio to prompt tokens.",
    discussion: """
      Reads recordings that songs should sound like and writes their tokens, for sg-lm --prompt. \
      With --attach it reads requests (sg-lyrics) and gives each song the prompt that it asks for.
      """,
    examples: [
      "sg-encode reference.flac -o ref.sgs",
      "sg-lyrics song.jsonl | sg-lm --prompt ref.sgs | sg-decode | sg-mix -o song.flac",
      "sg-lyrics songs.jsonl | sg-encode --attach --audio-root audio/ | sg-lm > songs.sgs",
    ])

  @OptionGroup var common: CommonOptions
  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var flags: EncodeFlags
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var reproducible: ReproducibleOption
  @OptionGroup var resources: ResourceOptions
  @OptionGroup var force: ForceOption
  @OptionGroup var limit: LimitOptions

  @Flag(help: "Write songs of tokens, to be decoded or edited, not prompts.")
  var song = false

  @Flag(help: "Write vocal and accompaniment as stems for sg-mix, not tokens.")
  var separateOnly = false

  @Flag(help: "Read requests, and give each song the prompt that it asks for.")
  var attach = false

  @Option(
    help: ArgumentHelp(
      "Directory beneath which --attach opens the recordings that requests name.",
      valueName: "dir"), completion: .directory)
  var audioRoot: String?

  @Option(
    help: ArgumentHelp(
      "Prompts by style: a directory, or for --attach also the reference's table.",
      valueName: "dir/|file.pt"), completion: .file())
  var library: String?

  @Option(
    help: ArgumentHelp("Keep what is encoded in --library as this style.", valueName: "style"))
  var type: PromptStyleChoice?

  @Option(
    help: ArgumentHelp(
      "Of the lyrics that it is kept for, en or zh (default: any).", valueName: "language"))
  var language: PromptLanguage?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to a file (default: standard output).", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var output: String?

  @Argument(
    help: ArgumentHelp(
      "Recordings; with --attach a request stream (default: standard input).",
      valueName: "file"), completion: .file())
  var files: [String] = []

  func validate() throws {
    let modes = [("--song", song), ("--separate-only", separateOnly), ("--attach", attach)]
      .filter(\.1).map(\.0)
    guard modes.count <= 1 else {
      throw ValidationError("'\(modes[0])' and '\(modes[1])' exclude each other; remove one")
    }
    if let mode = modes.first, type != nil {
      throw ValidationError("'--type' and '\(mode)' exclude each other; remove one")
    }
    if audioRoot != nil, !attach {
      throw ValidationError("'--audio-root' goes with '--attach' only; remove it")
    }
    if attach, files.count > 1 {
      throw ValidationError("'--attach' takes one stream; \(files.count) are given")
    }
    if library != nil, !attach, type == nil {
      throw ValidationError("'--library' needs '--type', the style to keep the recording as")
    }
    if type != nil, library == nil {
      throw ValidationError("'--type' needs '--library', the directory to keep it in")
    }
    if language != nil, type == nil {
      throw ValidationError("'--language' goes with '--type' only; remove it")
    }
    if type != nil, output != nil {
      throw ValidationError("'--type' writes into '--library'; remove '--output'")
    }
    let stems = [("--vocal", flags.vocal), ("--accompaniment", flags.accompaniment)]
    for (option, path) in stems where path != nil {
      if attach || separateOnly {
        throw ValidationError("'\(option)' and '\(modes[0])' exclude each other; remove one")
      }
      if files.count > 1 {
        throw ValidationError("'\(option)' goes with one recording; \(files.count) are given")
      }
      if path == "-" { throw ValidationError("'\(option)': give a file, not standard input") }
    }
  }

  mutating func work(_ console: Console) throws {
    try reproducible.apply { Reproducibility.hold(.codec) }
    let directory = try modelOptions.open(
      directory: ModelDirectory.init(path:), embedded: DefaultModel.directory)
    let pool = ThreadPool(threads: threads.threads ?? ThreadPool.availableThreads())
    let plan = try EncodePlan(
      directory, mode: separateOnly ? .stems : .tokens, flags: flags, resources: resources,
      pool: pool)
    if resources.dryRun {
      let survey = EncodeSurvey(plan, flags: flags, console: console, force: force.force)
      try attach
        ? survey.requests(files.first, root: audioRoot, limits: limit.limits)
        : survey.recordings(files)
      return
    }
    let session = EncodeSession(
      directory, flags: flags, plan: plan, pool: pool,
      progress: Progress(common.progress, console: console), console: console)
    defer { session.progress.finish() }
    if attach {
      let attachment = try Attachment(
        session, root: audioRoot, library: library, limits: limit.limits)
      try attachment.run(
        SongFilter(
          input: files.first, output: output, force: force.force, limits: limit.limits))
      return
    }
    let batch = RecordingBatch(session, files: files, force: force.force, limits: limit.limits)
    if let type, let library {
      try batch.collect(
        PromptDirectory(library, limits: limit.limits), style: type.style,
        language: language?.rawValue)
    } else if separateOnly {
      try batch.separate(to: output)
    } else {
      try batch.encode(to: output, asSong: song)
    }
  }
}

/// `--type`.
struct PromptStyleChoice: ExpressibleByArgument {
  let style: PromptStyle

  init?(argument: String) {
    guard
      let name = Request.autoPromptTypes.first(where: { $0.lowercased() == argument.lowercased() })
    else {
      return nil
    }
    style = PromptStyle(name)
  }

  static let allValueStrings = Request.autoPromptTypes
}

/// `--language`.
enum PromptLanguage: String, ExpressibleByArgument, CaseIterable {
  case en
  case zh
}
