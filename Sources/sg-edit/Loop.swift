import ArgumentParser
import SongStream
import TokenEditing
import ToolSupport

/// `sg-edit loop`.
struct Loop: SongEdit {
  static let configuration = CommandConfiguration(
    commandName: "loop", abstract: "Play a part of each song several times.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var streams: EditOptions
  @OptionGroup var part: PartOptions

  @Option(help: ArgumentHelp("How many times the part is played.", valueName: "n"))
  var times = 2

  @Argument(
    help: ArgumentHelp("A token stream (default: standard input).", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var input: String?

  func validate() throws {
    guard (1...10_000).contains(times) else {
      throw ValidationError("'--times \(times)': give 1 to 10000")
    }
  }

  mutating func work(_ console: Console) throws {
    try editSongs(console) { song in
      let range = try part.range(of: song)
      let end = min(range.upperBound, song.frames)
      return (
        try song.loop(range, times: times),
        [
          "start": .integer(Int64(range.lowerBound)), "end": .integer(Int64(end)),
          "times": .integer(Int64(times)),
        ]
      )
    }
  }
}
