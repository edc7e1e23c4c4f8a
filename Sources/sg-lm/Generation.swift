import Diagnostics
import SongStream
import TokenEditing
import ToolSupport

/// Makes the songs of a stream of requests, or goes on with songs that were begun.
struct Generation {
  let generator: TokenGenerator
  let seeds: SeedOptions
  let progress: Progress
  let console: Console

  /// Makes the songs whose requests come through `filter`.
  ///
  /// - Parameter begun: what there is of the same songs: song by song what was begun is taken, and
  ///   what is missing is made.
  func run(_ filter: SongFilter, begun: BegunSongs? = nil) throws {
    try filter.run(console) { header, request in
      if let begun, let song = try begun.next() {
        guard song.header.id == header.id else {
          throw ToolFailure(
            .data,
            "\(begun.name) goes on with '\(printable(song.header.id))' here; it is not "
              + "from the same requests")
        }
        // What failed, or was cut before its first frame, is made anew.
        if let tokens = song.song, hasFrames(tokens) || !song.isCut {
          return try finish(song, of: begun, to: filter.writer)
        }
      }
      defer { progress.finish() }
      try generator.generate(
        header, request, seed: seeds.resolved(header.seed), writer: filter.writer,
        progress: progress, console: console)
    }
  }

  /// Finishes the songs of `begun`.
  func finish(_ begun: BegunSongs, in output: OutputFile, limits: StreamLimits) throws {
    let writer = output.songs(limits: limits)
    var failures = BatchFailures()
    var count = 0
    while let song = try begun.next() {
      count += 1
      do {
        guard song.song != nil else {
          throw ToolFailure(.data, "it failed when it was made; make it from its request")
        }
        try finish(song, of: begun, to: writer)
      } catch let failure as StreamFailure {
        throw failure
      } catch let failure as any SongFailure {
        failures.record(failure, song: song.header.id, on: console)
        if writer.header == nil { try writer.begin(song.header) }
        try writer.fail(
          SongAbort(
            tool: console.tool, code: Int(failure.status.rawValue), message: failure.description))
      }
    }
    guard count > 0 else { throw ToolFailure(.noInput, "\(begun.name) has no song to go on with") }
    try writer.close()
    try output.commit()
    try failures.conclude()
  }

  /// Whether there is anything to go on after; the mixed row runs ahead of the others.
  private func hasFrames(_ song: TokenSong) -> Bool { song.rows.contains { !$0.isEmpty } }

  private func finish(
    _ begun: BegunSong, of stream: BegunSongs, to writer: SongWriter
  ) throws {
    guard let song = begun.song else { return }
    defer { progress.finish() }
    if try generator.isComplete(song) {
      console.detail("is whole", song: begun.header.id)
      return try begun.copy(to: writer)
    }
    guard hasFrames(song) else {
      throw ToolFailure(
        .data, "\(stream.name) has no frames of it that are known; make it from its request")
    }
    try generator.goOn(
      song, seed: seeds.resolved(begun.header.seed), writer: writer, progress: progress,
      console: console)
  }
}
