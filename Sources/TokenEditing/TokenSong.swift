public import SongStream

/// A song of tokens in memory: its own rows, and its prompt if it has one.
public struct TokenSong: Sendable, Hashable {
  /// The names of the rows, in the order of the codebooks.
  public static let names = ["mixed", "vocal", "accompaniment"]
  /// The most tokens of all rows together.
  static let limit = 1 << 24
  /// Frames per record of a song that is written.
  static let step = 250

  /// What is known of the song; the song's own tracks and the prompt's stand apart.
  public var header: SongHeader
  /// The song's own tracks: u16, one token a frame, all of one rate.
  public internal(set) var tracks: [Track]
  /// The tokens of each of ``tracks``.
  public internal(set) var rows: [[UInt16]]
  public var prompt: PromptTracks
  /// Why the song stopped, nil while it has not.
  public var stop: StopReason?

  /// A song without frames, to which ``take(_:)`` adds them.
  ///
  /// - Throws: ``TokenEditFailure`` (65) for a song of anything but tokens.
  public init(_ header: SongHeader) throws(TokenEditFailure) {
    guard header.kind == .tokens else {
      throw TokenEditFailure(
        "a \(header.kind.rawValue) song where tokens belong (sg-lm makes them)")
    }
    tracks = header.tracks.filter { !$0.isPrompt }
    rows = tracks.map { _ in [] }
    prompt = PromptTracks(header)
    self.header = header
    for track in tracks {
      guard track.type == .u16, track.elements == 1, track.rate == tracks[0].rate else {
        throw TokenEditFailure(
          "track '\(track.name)' does not hold u16 tokens at the rate of the others")
      }
    }
    guard !tracks.isEmpty else { throw TokenEditFailure("the song has no token tracks") }
  }

  init(_ header: SongHeader, tracks: [Track], rows: [[UInt16]]) {
    self.header = header
    self.header.kind = .tokens
    self.tracks = tracks
    self.rows = rows
    prompt = PromptTracks()
    stop = .end
  }

  /// Takes frames of the song or of its prompt.
  ///
  /// - Throws: ``TokenEditFailure`` (65) when the song becomes too large.
  public mutating func take(_ block: FrameBlock) throws(TokenEditFailure) {
    if try prompt.take(block, of: header) { return }
    let name = header.tracks[block.track].name
    guard let index = tracks.firstIndex(where: { $0.name == name }) else { return }
    rows[index] += block.tokens()
    try checkSize()
  }

  func checkSize() throws(TokenEditFailure) {
    guard rows.reduce(0, { $0 + $1.count }) <= Self.limit else {
      throw TokenEditFailure("the song has more than \(Self.limit) tokens; cut it first")
    }
  }

  /// Frames that all rows have. The mixed row may have more: it runs ahead of the others.
  public var frames: Int { rows.map(\.count).min() ?? 0 }

  /// Frames per second.
  public var rate: FrameRate { tracks[0].rate }

  /// The row of that name.
  public func row(_ name: String) -> [UInt16]? {
    tracks.firstIndex { $0.name == name }.map { rows[$0] }
  }

  /// The header of the song as it is now.
  public var currentHeader: SongHeader {
    var header = header
    header.tracks = tracks + prompt.tracks
    header.maxSkew = max(
      Self.step, (rows.map(\.count).max() ?? 0) - (rows.map(\.count).min() ?? 0))
    return header
  }

  /// Writes the whole song, the prompt first.
  public func write(to writer: SongWriter) throws(StreamFailure) {
    try writer.begin(currentHeader)
    try prompt.write(to: writer, first: tracks.count, skew: Self.step)
    for start in stride(from: 0, to: rows.map(\.count).max() ?? 0, by: Self.step) {
      for (track, row) in rows.enumerated() where start < row.count {
        try writer.write(track: track, tokens: Array(row[start...].prefix(Self.step)))
      }
    }
    try writer.end(stop: stop ?? .end)
  }
}
