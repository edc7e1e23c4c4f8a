import ArgumentParser
import SongStream
import TokenEditing
import ToolSupport

/// `sg-edit song`.
struct MakeSong: EditCommand {
  static let configuration = CommandConfiguration(
    commandName: "song", abstract: "Make a song of the tokens of a prompt, to hear or edit it.")
  @OptionGroup var common: CommonOptions
  @OptionGroup var streams: EditOptions

  @Argument(
    help: ArgumentHelp("A stream with prompts (default: standard input).", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var input: String?

  mutating func work(_ console: Console) throws {
    let filter = try SongFilter(
      input: input, output: streams.output, force: streams.force.force,
      limits: streams.limit.limits)
    try filter.run(console) { header, frames in
      var prompt = PromptTracks(header)
      while let block = try frames.next() { try prompt.take(block, of: header) }
      var song = try TokenSong(prompt: prompt, of: header)
      song.record(Self.toolName, version: Version.string, options: ["edit": "song"])
      try song.write(to: filter.writer)
    }
  }
}
