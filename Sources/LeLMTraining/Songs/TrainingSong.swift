/// A song to learn from: token rows, and the request that they answer.
public struct TrainingSong: Sendable {
  public let id: String
  /// Rows mixed, vocal, accompaniment, of one length [3][frames].
  public let tokens: [[UInt16]]
  /// The lyrics in the words of the model.
  public let lyrics: String
  /// The tags of the description, in their order; empty if there is none.
  public let tags: [String]
  /// What is sung where, if the stream says so.
  public let labels: FrameLabels?
  /// What the preference maker wrote, if anything.
  public let pair: PairMember?

  /// Frames of the song.
  public var frames: Int { tokens[0].count }

  public init(
    id: String, tokens: [[UInt16]], lyrics: String, tags: [String], labels: FrameLabels? = nil,
    pair: PairMember? = nil
  ) {
    self.id = id
    self.tokens = tokens
    self.lyrics = lyrics
    self.tags = tags
    self.labels = labels
    self.pair = pair
  }
}

/// Labels for each frame of a song, from the tracks `label.ordinal` and `label.section`.
public struct FrameLabels: Sendable, Hashable {
  /// 0, or the number from 1 of the phone that is sung, among the phones of the lyrics.
  public let ordinals: [UInt16]
  /// The number from 1 of the section.
  public let sections: [UInt16]

  public init(ordinals: [UInt16], sections: [UInt16]) {
    self.ordinals = ordinals
    self.sections = sections
  }
}

/// A song's place in a pair of which one is preferred.
public struct PairMember: Sendable, Hashable {
  /// Both songs of a pair have the same.
  public let pair: String
  public let wins: Bool

  public init(pair: String, wins: Bool) {
    self.pair = pair
    self.wins = wins
  }
}
