import ArgumentParser
import SongStream
import TokenEditing
import ToolSupport

/// `sg-edit prompt`.
struct MakePrompt: EditCommand {
  static let configuration = CommandConfiguration(
    commandName: "prompt", abstract: "Make a prompt of a part of each song, for sg-lm --prompt.")
  @OptionGroup var common: CommonOptions
  @OptionGroup var streams: EditOptions
  @OptionGroup var part: PartOptions

  @Argument(
    help: ArgumentHelp("A token stream (default: standard input).", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var input: String?

  mutating func work(_ console: Console) throws {
    let filter = try SongFilter(
      input: input, output: streams.output, force: streams.force.force,
      limits: streams.limit.limits)
    try filter.run(console) { header, frames in
      var song = try TokenSong(header)
      while let block = try frames.next() { try song.take(block) }
      // What models read of a prompt.
      let range = try part.range(of: song, length: .seconds(10))
      song.record(
        Self.toolName, version: Version.string,
        options: [
          "edit": "prompt", "start": .integer(Int64(range.lowerBound)),
          "end": .integer(Int64(min(range.upperBound, song.frames))),
        ])
      let (reference, prompt) = try song.asPrompt(range)
      try filter.writer.begin(reference)
      try prompt.write(to: filter.writer, first: 0, skew: reference.maxSkew ?? 1)
      try filter.writer.end(stop: .end)
    }
  }
}
