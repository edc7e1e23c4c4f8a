import ArgumentParser
import DefaultModel
import Diagnostics
import MusicCodec
import Neural
import SongStream
import ToolSupport
import Weights

/// Tokens to waveforms: quantisers, flow, autoencoder.
@main
struct Decode: SongTool {
  static let configuration = CommandConfiguration.tool(
    "sg-decode",
    abstract: "Decode tokens to vocal and accompaniment stems.",
    discussion: """
      Reads tokens (sg-lm) and writes pcm stems for sg-mix, a window at a time, while tokens still \
      come. By default the stems sum to the joint decode of both rows, which is the reference's mix.
      """,
    examples: [
      "sg-decode song.sgs | sg-mix -o song.flac",
      "sg-lyrics song.jsonl | sg-lm | sg-decode --stems mixed | sg-mix -o song.flac",
    ])

  @OptionGroup var common: CommonOptions
  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var seeds: SeedOptions
  @OptionGroup var flags: DecodeFlags
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var reproducible: ReproducibleOption
  @OptionGroup var resources: ResourceOptions
  @OptionGroup var force: ForceOption
  @OptionGroup var limit: LimitOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to a file (default: standard output).", valueName: "file"),
    completion: .file())
  var output: String?

  @Argument(
    help: ArgumentHelp("A token stream (default: standard input).", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var input: String?

  mutating func work(_ console: Console) throws {
    try reproducible.apply { Reproducibility.hold(.codec) }
    let directory = try modelOptions.open(
      directory: ModelDirectory.init(path:), embedded: DefaultModel.directory)
    let pool = ThreadPool(threads: threads.threads ?? ThreadPool.availableThreads())
    let plan = try DecodePlan(directory, flags: flags, resources: resources, pool: pool)
    if resources.dryRun {
      try SongSurvey(input: input, force: force.force, limits: limit.limits)
        .run(console) { header, frames in try plan.estimate(header, frames: frames) }
      return
    }
    let session = try DecodeSession(directory, flags: flags, plan: plan, pool: pool)
    let progress = Progress(common.progress, console: console)
    let seeds = seeds
    let filter = try SongFilter(
      input: input, output: output, force: force.force, limits: limit.limits)
    try filter.run(console) { header, song in
      defer { progress.finish() }
      try session.decode(
        header, song, seed: seeds.resolved(header.seed), writer: filter.writer, progress: progress,
        console: console)
    }
  }
}
