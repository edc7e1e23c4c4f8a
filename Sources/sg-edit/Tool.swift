import ArgumentParser
import SongStream
import TokenEditing
import ToolSupport

/// Token songs, edited without a model.
@main
struct Edit: ToolCommand {
  static let configuration = CommandConfiguration.tool(
    "sg-edit",
    abstract: "Cut, join, loop and cross songs of tokens.",
    discussion: """
      Reads and writes token streams (sg-lm). Times are seconds, m:ss or token frames: 83.5, 1:23.5, \
      2088f.
      """,
    examples: [
      "sg-edit cut --end 0:20 take1.sgs | sg-lm --continue - --seed 8 > other-end.sgs",
      "sg-edit cross --vocal take1.sgs --accompaniment take2.sgs | sg-decode | sg-mix -o mix.flac",
      "sg-edit prompt take1.sgs -o own-style.sgs",
    ],
    subcommands: [
      Cut.self, Join.self, Loop.self, Cross.self, MakePrompt.self, MakeSong.self,
    ])

  mutating func run() throws {
    throw ValidationError("give a command: 'sg-edit cut', for one")
  }
}

/// A command of this tool; it speaks under the name of the tool.
protocol EditCommand: SongTool {}

extension EditCommand {
  static var toolName: String { Edit.toolName }
}

/// What most subcommands have: streams, and how they are read and written.
struct EditOptions: ParsableArguments {
  @OptionGroup var force: ForceOption
  @OptionGroup var limit: LimitOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to a file (default: standard output).", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var output: String?
}

/// The part of a song that an edit is about.
struct PartOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Where the part begins (default: 0).", valueName: "time"))
  var start: TimePoint?

  @Option(help: ArgumentHelp("Where it ends (default: with the song).", valueName: "time"))
  var end: TimePoint?

  @Option(help: ArgumentHelp("How long it is, in place of --end.", valueName: "time"))
  var length: TimePoint?

  func validate() throws {
    if end != nil, length != nil {
      throw ValidationError("'--end' and '--length' exclude each other; remove one")
    }
  }

  /// The part in frames of `song`; may reach beyond its end.
  func range(of song: TokenSong, length usual: TimePoint? = nil) throws -> Range<Int> {
    let first = start?.frame(at: song.rate) ?? 0
    let length = length ?? (end == nil ? usual : nil)
    let last =
      end?.frame(at: song.rate) ?? length.map { first + $0.frame(at: song.rate) }
      ?? max(first, song.frames)
    guard first <= last else {
      throw ValidationError("the part ends before it begins; give a later '--end'")
    }
    return first..<last
  }
}
