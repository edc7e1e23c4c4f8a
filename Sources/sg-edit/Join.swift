import ArgumentParser
import Diagnostics
import SongStream
import TokenEditing
import ToolSupport

/// `sg-edit join`.
struct Join: EditCommand {
  static let configuration = CommandConfiguration(
    commandName: "join", abstract: "Make one song of all songs, one after another.")
  @OptionGroup var common: CommonOptions
  @OptionGroup var streams: EditOptions

  @Argument(
    help: ArgumentHelp("Token streams (default: standard input).", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var files: [String] = []

  mutating func work(_ console: Console) throws {
    let output = try OutputFile(streams.output, force: streams.force.force)
    var result: TokenSong?
    var ids: [JSONValue] = []
    for path in files.isEmpty ? [nil] : files.map(Optional.some) {
      let reader = try TokenSongReader(
        path, force: streams.force.force, limits: streams.limit.limits)
      while let song = try reader.next() {
        ids.append(.string(song.header.id))
        if var joined = result {
          if joined.differsInModel(from: song) {
            console.warning("comes from another model than the first", song: song.header.id)
          }
          try joined.append(song)
          result = joined
        } else {
          result = try song.cut(0..<max(1, song.frames))
          result?.stop = song.stop
        }
      }
    }
    guard var song = result else { throw ToolFailure(.noInput, "there are no songs to join") }
    song.record(
      Self.toolName, version: Version.string,
      options: ["edit": "join", "songs": .array(ids)])
    let writer = output.songs(limits: streams.limit.limits)
    try song.write(to: writer)
    try writer.close()
    try output.commit()
  }
}
