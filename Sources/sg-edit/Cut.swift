import ArgumentParser
import SongStream
import TokenEditing
import ToolSupport

/// `sg-edit cut`.
struct Cut: SongEdit {
  static let configuration = CommandConfiguration(
    commandName: "cut", abstract: "Keep a part of each song.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var streams: EditOptions
  @OptionGroup var part: PartOptions

  @Flag(help: "Leave the prompt tracks out.")
  var noPrompt = false

  @Argument(
    help: ArgumentHelp("A token stream (default: standard input).", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var input: String?

  mutating func work(_ console: Console) throws {
    try editSongs(console) { song in
      let range = try part.range(of: song)
      var result = try song.cut(range)
      if noPrompt { result.prompt = PromptTracks() }
      return (
        result,
        [
          "start": .integer(Int64(range.lowerBound)),
          "frames": .integer(Int64(result.frames)), "prompt": .bool(!noPrompt),
        ]
      )
    }
  }
}
