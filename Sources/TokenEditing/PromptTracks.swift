public import SongStream

/// The prompt tracks of a song: tokens of a reference recording, and its latents if it has them.
public struct PromptTracks: Sendable, Hashable {
  /// Names of the token tracks, in the order of the codebooks.
  public static let names = ["prompt.mixed", "prompt.vocal", "prompt.accompaniment"]
  /// The most bytes of one prompt, which is held in memory: hours of tokens, minutes of latents.
  static let limit = 1 << 24

  public private(set) var tracks: [Track] = []
  /// The frames of each track, as on the wire.
  public private(set) var bytes: [[UInt8]] = []

  /// The prompt tracks that `header` announces, without frames.
  public init(_ header: SongHeader) {
    tracks = header.tracks.filter(\.isPrompt)
    bytes = tracks.map { _ in [] }
  }

  /// No prompt.
  public init() {}

  /// Takes frames of a prompt track; others are none of its business.
  ///
  /// - Returns: Whether they were a prompt's.
  /// - Throws: ``TokenEditFailure`` (65) when the prompt becomes too large.
  @discardableResult
  public mutating func take(
    _ block: FrameBlock, of header: SongHeader
  ) throws(TokenEditFailure) -> Bool {
    guard let index = tracks.firstIndex(where: { $0.name == header.tracks[block.track].name })
    else { return false }
    try add(block.bytes, to: index)
    return true
  }

  /// Adds a track with its frames, as on the wire.
  public mutating func add(_ track: Track, bytes: [UInt8]) throws(TokenEditFailure) {
    tracks.append(track)
    self.bytes.append([])
    try add(bytes, to: tracks.count - 1)
  }

  private mutating func add(_ more: [UInt8], to index: Int) throws(TokenEditFailure) {
    guard bytes.reduce(more.count, { $0 + $1.count }) <= Self.limit else {
      throw TokenEditFailure(
        "the prompt has more than \(Self.limit) bytes; give a shorter one")
    }
    bytes[index] += more
  }

  /// Writes the tracks, the first as track `first`, in turn: none runs ahead of another by more than
  /// `skew` frames.
  public func write(to writer: SongWriter, first: Int, skew: Int) throws(StreamFailure) {
    let sizes = tracks.map(\.frameBytes)
    let frames = zip(bytes, sizes).map { $0.count / $1 }.max() ?? 0
    for start in stride(from: 0, to: frames, by: max(1, skew)) {
      for (index, size) in sizes.enumerated() where start * size < bytes[index].count {
        let part = bytes[index][(start * size)...].prefix(max(1, skew) * size)
        try writer.write(track: first + index, bytes: Array(part))
      }
    }
  }

  /// The token rows [3][frames], nil if the prompt has none.
  ///
  /// - Throws: ``TokenEditFailure`` (65) if one of the three is missing or holds something else.
  public func rows() throws(TokenEditFailure) -> [[UInt16]]? {
    let found = Self.names.compactMap { name in tracks.firstIndex { $0.name == name } }
    if found.isEmpty { return nil }
    guard found.count == 3,
      found.allSatisfy({ tracks[$0].type == .u16 && tracks[$0].elements == 1 })
    else {
      throw TokenEditFailure(
        "a prompt needs three u16 token tracks: \(Self.names.joined(separator: ", "))")
    }
    return found.map { index in
      FrameBlock(track: 0, position: 0, count: bytes[index].count / 2, bytes: bytes[index]).tokens()
    }
  }
}
