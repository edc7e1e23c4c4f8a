import ArgumentParser
import SongStream
import TokenEditing
import ToolSupport

/// A subcommand that makes one song out of each song.
protocol SongEdit: EditCommand {
  var streams: EditOptions { get }
  var input: String? { get }
}

extension SongEdit {
  /// Reads each song, and writes what `edit` makes of it.
  func editSongs(
    _ console: Console,
    _ edit: (TokenSong) throws -> (song: TokenSong, options: [String: JSONValue])
  ) throws {
    let filter = try SongFilter(
      input: input, output: streams.output, force: streams.force.force,
      limits: streams.limit.limits)
    try filter.run(console) { header, frames in
      var song = try TokenSong(header)
      while let block = try frames.next() { try song.take(block) }
      song.stop = frames.stop
      var (edited, options) = try edit(song)
      options["edit"] = .string(Self.configuration.commandName ?? "")
      edited.record(Self.toolName, version: Version.string, options: options)
      try edited.write(to: filter.writer)
    }
  }
}
