/// What the frames of a song are.
public enum SongKind: String, Sendable, Hashable, CaseIterable {
  /// A checked request, with or without prompt tokens: from `sg-lyrics` and `sg-encode`.
  case request
  /// Token rows on the real time axis: from `sg-lm`.
  case tokens
  /// Stems: from `sg-decode`.
  case pcm
  /// What the decoder's flow matching gives its VAE: for research.
  case latents
}

/// What is said about a song before its frames: the payload of an `H` record.
public struct SongHeader: Sendable, Hashable {
  public var kind: SongKind
  /// At most 128 bytes of printable text; it names the song in messages and output files.
  public var id: String
  public var seed: UInt64?
  /// The request as `sg-lyrics` checked it, with keys that nobody here knows.
  public var request: JSONValue?
  /// By how many frames one track may run ahead of another; see ``SongLedger``.
  public var maxSkew: Int?
  public var tracks: [Track]
  public var models: [ModelReference]
  public var history: [HistoryEntry]
  /// Keys that this version does not know, passed on.
  public var extra: [String: JSONValue]

  public init(
    kind: SongKind, id: String, seed: UInt64? = nil, request: JSONValue? = nil,
    maxSkew: Int? = nil, tracks: [Track] = [], models: [ModelReference] = [],
    history: [HistoryEntry] = [], extra: [String: JSONValue] = [:]
  ) {
    self.kind = kind
    self.id = id
    self.seed = seed
    self.request = request
    self.maxSkew = maxSkew
    self.tracks = tracks
    self.models = models
    self.history = history
    self.extra = extra
  }

  /// The index of the track of that name, as ``FrameBlock/track`` counts.
  public func track(_ name: String) -> Int? {
    tracks.firstIndex { $0.name == name }
  }
}
