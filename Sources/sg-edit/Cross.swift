public import ArgumentParser
import Diagnostics
import SongStream
public import TokenEditing
import ToolSupport

/// `sg-edit cross`.
struct Cross: EditCommand {
  static let configuration = CommandConfiguration(
    commandName: "cross", abstract: "Put the vocal of one song over the accompaniment of another.")
  @OptionGroup var common: CommonOptions
  @OptionGroup var streams: EditOptions

  @Option(
    help: ArgumentHelp("The songs whose vocals are taken; - is standard input.", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var vocal: String

  @Option(
    help: ArgumentHelp("The songs whose accompaniments are taken.", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var accompaniment: String

  @Option(help: ArgumentHelp("Whose mixed row is kept.", valueName: "song"))
  var mixed = TokenSong.MixedRow.accompaniment

  func validate() throws {
    if vocal == "-", accompaniment == "-" {
      throw ValidationError("'--vocal -' and '--accompaniment -' exclude each other; give a file")
    }
  }

  mutating func work(_ console: Console) throws {
    let (force, limits) = (streams.force.force, streams.limit.limits)
    let vocals = try TokenSongReader(vocal, force: force, limits: limits)
    let others = try TokenSongReader(accompaniment, force: force, limits: limits)
    let output = try OutputFile(streams.output, force: force)
    let writer = output.songs(limits: limits)
    var count = 0
    while true {
      let (first, second) = (try vocals.next(), try others.next())
      guard let first, let second else {
        guard first == nil, second == nil else {
          throw ToolFailure(
            .data,
            "'\(printable(first == nil ? accompaniment : vocal))' has more songs than "
              + "'\(printable(first == nil ? vocal : accompaniment))'; give one for each")
        }
        break
      }
      try cross(first, second, console).write(to: writer)
      count += 1
    }
    guard count > 0 else { throw ToolFailure(.noInput, "there are no songs to cross") }
    try writer.close()
    try output.commit()
  }

  private func cross(
    _ vocal: TokenSong, _ accompaniment: TokenSong, _ console: Console
  ) throws -> TokenSong {
    if vocal.differsInModel(from: accompaniment) {
      console.warning(
        "its accompaniment '\(printable(accompaniment.header.id))' comes from another model",
        song: vocal.header.id)
    }
    var song = try TokenSong.cross(vocal: vocal, accompaniment: accompaniment, mixed: mixed)
    song.record(
      Self.toolName, version: Version.string,
      options: [
        "edit": "cross", "vocal": .string(vocal.header.id),
        "accompaniment": .string(accompaniment.header.id), "mixed": .string(mixed.rawValue),
      ])
    return song
  }
}

extension TokenSong.MixedRow: ExpressibleByArgument {}
