import ArgumentParser
import DefaultModel
import Diagnostics
import LeLM
import Neural
import SongStream
import TextTokens
import ToolSupport
import Weights

/// LeLM: requests to frames of tokens.
@main
struct LM: SongTool {
  static let configuration = CommandConfiguration.tool(
    "sg-lm",
    abstract: "Generate the mixed and dual-track tokens of songs.",
    discussion: """
      Reads requests (sg-lyrics), with prompt tokens (sg-encode) if they have any, and writes three \
      rows of tokens, 25 frames a second, as they become known. How tokens are drawn by default \
      comes from the model.
      """,
    examples: [
      "sg-lyrics song.jsonl | sg-lm --seed 7 > song.sgs",
      "sg-lyrics song.jsonl | sg-lm | sg-decode | sg-mix -o song.flac",
      "sg-lyrics song.jsonl | sg-lm -n 4 --seed 1 | sg-decode | sg-mix -o takes/",
      "sg-edit cut --end 0:10 song.sgs | sg-lm --continue - --seed 8 > other.sgs",
    ])

  @OptionGroup var common: CommonOptions
  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var seeds: SeedOptions
  @OptionGroup var sampling: SamplingFlags
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var reproducible: ReproducibleOption
  @OptionGroup var resources: ResourceOptions
  @OptionGroup var force: ForceOption
  @OptionGroup var limit: LimitOptions

  @Option(
    help: ArgumentHelp(
      "Longest song in seconds (default: the model's).", valueName: "seconds"))
  var duration: Double?

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp(
      "Songs of each request, ID.1, ID.2, …, of this seed and those after it (default: 1).",
      valueName: "n"))
  var candidates = 1

  @Option(
    help: ArgumentHelp(
      "An encoded reference whose prompt tokens every song gets.", valueName: "file.sgs"),
    completion: .file(extensions: ["sgs"]))
  var prompt: String?

  @Option(
    name: .customLong("continue"),
    help: ArgumentHelp(
      "Go on with the songs of a token stream, which may be cut; - is standard input.",
      valueName: "file.sgs"),
    completion: .file(extensions: ["sgs"]))
  var begun: String?

  @Option(
    help: ArgumentHelp(
      "Draw with the numbers of tensor 'uniforms' instead of the seed.",
      valueName: "file.safetensors"), completion: .file(extensions: ["safetensors"]))
  var uniforms: String?

  @Option(
    help: ArgumentHelp(
      "How requests are worded, v1 or v2 (default: the model's).", valueName: "version"))
  var requestVersion: RequestVersionChoice?

  @Option(
    help: ArgumentHelp(
      "Compute in f32 or int8 (default: int8 where weights are packed).", valueName: "form"))
  var precision: Precision?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to a file (default: standard output).", valueName: "file"),
    completion: .file())
  var output: String?

  @Argument(
    help: ArgumentHelp(
      "A request stream (default: standard input; with --continue: none).", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var input: String?

  func validate() throws {
    if let duration, !(duration > 0 && duration <= 3600) {
      throw ValidationError("'--duration \(duration)': give more than 0 and at most 3600 seconds")
    }
    guard (1...10_000).contains(candidates) else {
      throw ValidationError("'--candidates \(candidates)': give 1 to 10000")
    }
    if candidates > 1 {
      for (flag, isGiven) in [
        ("--uniforms", uniforms != nil), ("--continue", begun != nil),
        ("--greedy", sampling.greedy),
      ] where isGiven {
        throw ValidationError("'--candidates' and '\(flag)' exclude each other; remove one")
      }
    }
    if begun == "-", input == "-" {
      throw ValidationError("'--continue -' and the input '-' are both standard input; give a file")
    }
  }

  mutating func work(_ console: Console) throws {
    try reproducible.apply { Reproducibility.hold(.languageModel) }
    let (force, limits) = (force.force, limit.limits)
    let generator = try TokenGenerator(
      directory: modelOptions.open(
        directory: ModelDirectory.init(path:), embedded: DefaultModel.directory),
      flags: sampling, version: requestVersion?.version,
      duration: duration, uniforms: uniforms,
      prompt: prompt.map { try PromptFile.read($0, force: force, limits: limits) },
      precision: precision, resources: resources,
      candidates: candidates,
      pool: ThreadPool(threads: threads.threads ?? ThreadPool.availableThreads()))
    if resources.dryRun {
      let estimate = try generator.estimate()
      try SongSurvey(input: input ?? begun, force: force, limits: limits).run(console) { _, _ in
        estimate
      }
      return
    }
    let progress = Progress(common.progress, console: console)
    let work = Generation(
      generator: generator, seeds: seeds, progress: progress, console: console)
    guard let begun else {
      return try work.run(SongFilter(input: input, output: output, force: force, limits: limits))
    }
    let songs = try BegunSongs(begun, force: force, limits: limits)
    if let input {
      try work.run(
        SongFilter(input: input, output: output, force: force, limits: limits), begun: songs)
    } else {
      try work.finish(songs, in: OutputFile(output, force: force), limits: limits)
    }
  }
}

/// `--request-version`.
enum RequestVersionChoice: String, ExpressibleByArgument, CaseIterable {
  case v1
  case v2

  var version: RequestVersion { self == .v1 ? .v1 : .v2 }
}
