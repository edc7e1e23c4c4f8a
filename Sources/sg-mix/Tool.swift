import ArgumentParser
import Diagnostics
import SongStream
import ToolSupport

/// Stems to songs in files.
@main
struct Mix: SongTool {
  static let configuration = CommandConfiguration.tool(
    "sg-mix",
    abstract: "Mix stems to songs and write them to files.",
    discussion: """
      Reads stems (sg-decode), brings each song to one loudness under a true-peak ceiling, and \
      writes it as wav, flac, ogg, opus or mp3, or as AU to standard output. A JSON line for each \
      file goes to standard output.
      """,
    examples: [
      "sg-lyrics song.jsonl | sg-lm | sg-decode | sg-mix -o song.flac",
      "sg-mix --gain vocal=+2 --loudness -16 -o take.wav --keep-stems stems.sgs",
      "sg-lyrics songs.jsonl --skip-done done.jsonl | sg-lm --seed 7 | sg-decode | "
        + "sg-mix -o songs/ --journal done.jsonl",
    ])

  @OptionGroup var common: CommonOptions
  @OptionGroup(title: "Mix") var mix: MixFlags
  @OptionGroup(title: "Output") var files: FileFlags
  @OptionGroup var force: ForceOption
  @OptionGroup var limit: LimitOptions

  @Argument(
    help: ArgumentHelp("A stream of stems (default: standard input).", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var input: String?

  mutating func work(_ console: Console) throws {
    let destination = try Destination(files, rate: mix.rate, force: force.force)
    let input = try InputFile(input, force: force.force)
    let reader = input.songs(limits: limit.limits)
    let session = try MixSession(
      destination: destination, mix: mix, files: files, console: console,
      progress: Progress(common.progress, console: console))
    defer { session.progress.finish() }
    while let event = try reader.next() { try session.take(event) }
    try session.finish(inputName: input.name)
  }
}
