import Diagnostics
import SongStream
import TokenEditing
import ToolSupport

/// The songs of a stream of tokens, one after the other.
final class TokenSongs {
  private let reader: SongReader
  private let console: Console
  /// The songs that failed before or are of something else, which are told and passed over.
  private(set) var failures = BatchFailures()

  /// Opens a stream; nil and `-` are standard input.
  init(_ path: String?, force: Bool, limits: StreamLimits, console: Console) throws {
    reader = try InputFile(path, force: force).songs(limits: limits)
    self.console = console
  }

  /// The next whole song, nil after the last one.
  ///
  /// - Throws: `StreamFailure` for a damaged stream.
  func next() throws -> TokenSong? {
    var song: TokenSong?
    var name: String?
    while let event = try reader.next() {
      do {
        switch event {
        case .song(let header):
          name = header.id
          song = try TokenSong(header)
        case .frames(let block): try song?.take(block)
        case .end(_, let stop):
          guard var whole = song else { continue }
          whole.stop = stop
          return whole
        case .failed(let abort):
          song = nil
          failures.record(SongAborted(abort: abort), song: name, on: console)
        case .closed: break
        }
      } catch {
        song = nil
        failures.record(error, song: name, on: console)
      }
    }
    return nil
  }
}
