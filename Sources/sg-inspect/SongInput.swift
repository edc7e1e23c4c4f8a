import Diagnostics
import SongStream
import ToolSupport

/// How songs are read: which ones, within which limits.
struct SongInput {
  /// Only the song with this number, counted from 1.
  let number: Int?
  let limits: StreamLimits
  let force: Bool

  /// Reads the one song that is asked for, frame by frame, and the stream to its end.
  ///
  /// - Returns: Why the song stopped.
  /// - Throws: ``ToolFailure`` with status 66 if there is no such song, 64 if there are several and
  ///   no number says which; `SongAborted` if the song failed upstream.
  func readOne(
    _ reader: SongReader, name: String, begin: (SongHeader) throws -> Void,
    frames: (FrameBlock) throws -> Void
  ) throws -> StopReason {
    var count = 0
    var result: StopReason?
    while let event = try reader.next() {
      if case .song(let header) = event {
        count += 1
        if number == nil, count > 1 {
          throw ToolFailure(
            .usage, "'\(printable(name))' holds more than one song; choose one with --song")
        }
        if isChosen(count) { try begin(header) }
        continue
      }
      guard isChosen(count) else { continue }
      switch event {
      case .frames(let block): try frames(block)
      case .end(_, let stop): result = stop
      case .failed(let abort): throw SongAborted(abort: abort)
      case .song, .closed: break
      }
    }
    guard let result else { throw noSuchSong(name, count) }
    return result
  }

  /// Whether a song is to be read.
  func isChosen(_ song: Int) -> Bool { number == nil || song == number }

  /// The failure of not having found a song.
  func noSuchSong(_ name: String, _ count: Int) -> ToolFailure {
    let holds = count == 0 ? "no songs" : count == 1 ? "1 song" : "\(count) songs"
    return ToolFailure(.noInput, "'\(printable(name))' holds \(holds)")
  }
}
