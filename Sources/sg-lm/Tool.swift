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
    ])

  @OptionGroup var common: CommonOptions
  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var seeds: SeedOptions
  @OptionGroup var sampling: SamplingFlags
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var force: ForceOption
  @OptionGroup var limit: LimitOptions

  @Option(
    help: ArgumentHelp(
      "Longest song in seconds (default: the model's).", valueName: "seconds"))
  var duration: Double?

  @Option(
    help: ArgumentHelp(
      "An encoded reference whose prompt tokens every song gets.", valueName: "file.sgs"),
    completion: .file(extensions: ["sgs"]))
  var prompt: String?

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
    name: .shortAndLong,
    help: ArgumentHelp("Write to a file (default: standard output).", valueName: "file"),
    completion: .file())
  var output: String?

  @Argument(
    help: ArgumentHelp("A request stream (default: standard input).", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var input: String?

  func validate() throws {
    if let duration, !(duration > 0 && duration <= 3600) {
      throw ValidationError("'--duration \(duration)': give more than 0 and at most 3600 seconds")
    }
  }

  mutating func work(_ console: Console) throws {
    let generator = try TokenGenerator(
      directory: modelOptions.open(
        directory: ModelDirectory.init(path:), embedded: DefaultModel.directory),
      flags: sampling, version: requestVersion?.version,
      duration: duration, uniforms: uniforms,
      prompt: prompt.map { try PromptFile.read($0, force: force.force, limits: limit.limits) },
      pool: ThreadPool(threads: threads.threads ?? ThreadPool.availableThreads()))
    let progress = Progress(common.progress, console: console)
    let seeds = seeds
    let filter = try SongFilter(
      input: input, output: output, force: force.force, limits: limit.limits)
    try filter.run(console) { header, song in
      defer { progress.finish() }
      try generator.generate(
        header, song, seed: seeds.resolved(header.seed), writer: filter.writer, progress: progress,
        console: console)
    }
  }
}

/// `--request-version`.
enum RequestVersionChoice: String, ExpressibleByArgument, CaseIterable {
  case v1
  case v2

  var version: RequestVersion { self == .v1 ? .v1 : .v2 }
}
