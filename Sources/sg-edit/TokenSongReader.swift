import Diagnostics
import SongStream
import TokenEditing
import ToolSupport

/// The token songs of a stream, one after another; a failed one ends the reading.
struct TokenSongReader {
  private let reader: SongReader

  /// Opens `path`; nil and `-` are standard input.
  init(_ path: String?, force: Bool, limits: StreamLimits) throws {
    reader = try InputFile(path, force: force).songs(limits: limits)
  }

  /// The next song, nil at the end of the stream.
  ///
  /// - Throws: `StreamFailure`, `SongAborted`, and ``TokenEditFailure`` for songs of another kind.
  func next() throws -> TokenSong? {
    var song: TokenSong?
    while let event = try reader.next() {
      switch event {
      case .song(let header): song = try TokenSong(header)
      case .frames(let block): try song?.take(block)
      case .end(_, let stop):
        song?.stop = stop
        return song
      case .failed(let abort): throw SongAborted(abort: abort)
      case .closed: break
      }
    }
    return nil
  }
}
