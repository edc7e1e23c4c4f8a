import ArgumentParser
import DefaultModel
import Diagnostics
import SongStream
import TokenEditing
import TokenReading
import ToolSupport
import Weights

/// `sg-train statistics`
struct StatisticsCommand: TrainCommand {
  static let configuration = CommandConfiguration(
    commandName: "statistics", abstract: "Count which token stands for what.",
    discussion: """
      Reads songs of tokens with labels, as sg-train corpus makes them, and writes what sg-train eval \
      and sg-train prefer read tokens by. In a model directory it is called \
      token-statistics.safetensors.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var model: ModelOptions
  @OptionGroup var force: ForceOption
  @OptionGroup var limit: LimitOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file.", valueName: "file.safetensors"),
    completion: .file(extensions: ["safetensors"]))
  var output: String

  @Argument(
    help: ArgumentHelp("Songs of tokens with labels (default: standard input).", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var input: String?

  mutating func work(_ console: Console) throws {
    let directory = try model.open(
      directory: ModelDirectory.init(path:), embedded: DefaultModel.directory)
    let tags = directory.manifest?.text?.style?.tags ?? []
    let songs = try TokenSongs(
      input, force: force.force, limits: limit.limits, console: console)
    var counts: LabelledCounts?
    while let song = try songs.next() {
      let codes = song.tracks.first { $0.name == "vocal" }?.vocab ?? 65536
      if counts == nil { counts = try LabelledCounts(codes: codes, tags: tags) }
      try counts?.add(
        SongTokens(song),
        description: StyleTags(song.header.request?["descriptions"]?.string))
    }
    guard let statistics = try counts?.finished() else {
      throw ToolFailure(.noInput, "there is no song to count")
    }
    let bytes = try statistics.encoded()
    let file = try OutputFile(output, force: force.force)
    try bytes.withUnsafeBytes { try file.write($0) }
    try file.commit()
    console.note("\(statistics.songs) songs, \(byteSize(bytes.count))")
    try songs.failures.conclude()
  }
}
