import Diagnostics
import SongStream
import ToolSupport

/// The token rows of a song: those of the song itself or, if it has none, those of its prompt.
struct TokenRows {
  /// The tracks that are rows, by their index in the song.
  let tracks: [Int]
  let names: [String]
  let vocab: [Int]
  let rate: FrameRate
  /// The tokens of each row so far.
  private(set) var tokens: [[UInt32]]

  private let header: SongHeader

  /// Longest row: what 24 hours have at 25 frames per second.
  private static let longest = 24 * 3600 * 25

  /// - Throws: ``ToolFailure`` with status 65 if the song has no token tracks.
  init(_ header: SongHeader) throws {
    func isRow(_ track: Track) -> Bool { !track.type.isFloat && track.elements == 1 }
    let all = header.tracks.indices.filter { isRow(header.tracks[$0]) }
    let own = all.filter { !header.tracks[$0].isPrompt }
    let chosen = own.isEmpty ? all : own
    guard let first = chosen.first else {
      throw ToolFailure(
        .data, "song '\(printable(header.id))' has no token rows; its kind is \(header.kind)")
    }
    let rate = header.tracks[first].rate
    tracks = chosen.filter { header.tracks[$0].rate == rate }
    names = tracks.map { header.tracks[$0].name }
    vocab = tracks.map { header.tracks[$0].vocab ?? 65536 }
    tokens = tracks.map { _ in [] }
    self.rate = rate
    self.header = header
  }

  /// Takes frames of one of the rows; others are left out.
  mutating func add(_ block: FrameBlock) throws {
    guard let row = tracks.firstIndex(of: block.track) else { return }
    guard tokens[row].count + block.count <= Self.longest else {
      throw ToolFailure(.data, "track '\(names[row])' has more than \(Self.longest) frames")
    }
    if header.tracks[block.track].type == .u16 {
      tokens[row] += block.tokens().map(UInt32.init)
    } else {
      tokens[row] += block.words()
    }
  }
}
