import Diagnostics
import Pictures
import SongStream
import ToolSupport

/// The songs of `--tokens`: what sg-lm(1) made, for the report and for labels.
struct TokenBook {
  /// What is kept of a song.
  struct Song {
    var header: SongHeader
    /// Rows of tokens, without labels.
    var rows: [TokenPicture.Row]
    var rate: Double
    var sections: LabelRow?
    var ordinals: LabelRow?

    var request: JSONValue? { header.request }
  }

  private var songs: [String: Song] = [:]

  /// Most songs that are kept.
  private static let most = 4096

  init() {}

  /// - Throws: `StreamFailure` for a damaged stream, ``ToolFailure`` for what is no song of tokens.
  init(_ path: String, limits: StreamLimits) throws {
    let file = try InputFile(path)
    let reader = file.songs(limits: limits)
    var song: Song?
    while let event = try reader.next() {
      switch event {
      case .song(let header): song = try Self.begin(header, file.name)
      case .frames(let block): song?.take(block)
      case .end:
        if let song { songs[song.header.id] = song }
        song = nil
        guard songs.count <= Self.most else {
          throw ToolFailure(.data, "'\(printable(path))' holds more than \(Self.most) songs")
        }
      case .failed: song = nil
      case .closed: break
      }
    }
  }

  /// The song of that name.
  func song(_ id: String) -> Song? { songs[id] }

  private static func begin(_ header: SongHeader, _ name: String) throws -> Song {
    guard header.kind == .tokens else {
      throw ToolFailure(
        .data, "'\(printable(name))': a \(header.kind.rawValue) song where tokens belong")
    }
    let rows = header.tracks.filter(Song.isRow)
    guard rows.count <= TokenPicture.mostRows else {
      throw ToolFailure(
        .data, "'\(printable(name))': song '\(printable(header.id))' has too many rows")
    }
    let rate = rows.first?.rate ?? FrameRate(25)
    func labels(_ name: String) -> LabelRow? {
      header.tracks.first { LabelRow.fits($0, name) }.map { LabelRow($0) }
    }
    return Song(
      header: header,
      rows: rows.map { TokenPicture.Row(name: $0.name, tokens: [], vocab: $0.vocab ?? 65536) },
      rate: Double(rate.numerator) / Double(rate.denominator),
      sections: labels("label.section"), ordinals: labels("label.ordinal"))
  }
}

extension TokenBook.Song {
  /// Whether a track is a row of the song's own tokens.
  fileprivate static func isRow(_ track: Track) -> Bool {
    !track.type.isFloat && track.elements == 1 && !track.isPrompt
      && !track.name.hasPrefix("label.")
  }

  fileprivate mutating func take(_ block: FrameBlock) {
    let track = header.tracks[block.track]
    if LabelRow.fits(track, "label.section") { sections?.take(block, of: track) }
    if LabelRow.fits(track, "label.ordinal") { ordinals?.take(block, of: track) }
    guard Self.isRow(track), let row = rows.firstIndex(where: { $0.name == track.name }),
      rows[row].tokens.count <= TokenPicture.mostFrames
    else { return }
    rows[row].tokens += track.type == .u16 ? block.tokens().map(UInt32.init) : block.words()
  }
}
