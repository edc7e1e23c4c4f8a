import Diagnostics
import SongStream
import TokenEditing
import ToolSupport

/// A song of a stream that may break off.
struct BegunSong {
  /// Its tokens, as far as they are there; nil for a song that failed.
  var song: TokenSong?
  var header: SongHeader
  /// Its frames as they came.
  var blocks: [FrameBlock] = []
  /// Whether the stream breaks off inside it.
  var isCut = false

  /// Copies the song as it is.
  func copy(to writer: SongWriter) throws(StreamFailure) {
    try writer.begin(header)
    for block in blocks { try writer.write(track: block.track, bytes: block.bytes) }
    try writer.end(stop: song?.stop ?? .end)
  }
}

/// `--continue`: the songs of a token stream, of which the last may be cut anywhere, as a run that
/// was killed leaves it.
final class BegunSongs {
  /// What messages call the stream.
  let name: String
  private let reader: SongReader
  private var isOver = false

  init(_ path: String, force: Bool, limits: StreamLimits) throws {
    let file = try InputFile(path, force: force)
    name = printable(file.name)
    reader = file.songs(limits: limits)
  }

  /// The next song, nil after the last one.
  ///
  /// - Throws: `StreamFailure` for a stream that is damaged in another way than by its early end.
  func next() throws -> BegunSong? {
    guard !isOver else { return nil }
    var begun: BegunSong?
    do {
      while let event = try reader.next() {
        switch event {
        case .song(let header): begun = BegunSong(song: try TokenSong(header), header: header)
        case .frames(let block):
          try begun?.song?.take(block)
          begun?.blocks.append(block)
        case .end(_, let stop):
          begun?.song?.stop = stop
          return begun
        case .failed:
          begun?.song = nil
          return begun
        case .closed: break
        }
      }
    } catch let failure as StreamFailure {
      switch failure.reason {
      case .truncatedHead, .truncatedPayload, .missingEnd: begun?.isCut = true
      default: throw failure
      }
    }
    isOver = true
    return begun
  }
}
