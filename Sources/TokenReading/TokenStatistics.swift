/// Which code of a model's codebooks stands for what, counted in songs whose phones are known.
public struct TokenStatistics: Sendable, Hashable {
  /// States of the phones: nothing sung, and 39 phones.
  public static let phoneStates = 40
  /// Beats that a song may have, in frames of 40 ms: 150, 125, 107 and 94 beats per minute.
  public static let beats = [10, 12, 14, 16]

  /// Tags that exclude each other, and which code of a row goes with which.
  public struct TagGroup: Sendable, Hashable {
    public let tags: [String]
    /// Whether the vocal row tells them, where something is sung; else it is the accompaniment.
    public let isVocal: Bool
    /// States are the tags.
    public internal(set) var table: CodeTable
  }

  /// Phones by the vocal and the mixed row.
  public internal(set) var vocalPhones: CodeTable
  public internal(set) var mixedPhones: CodeTable
  /// How often a state follows another from frame to frame, [from, to].
  public internal(set) var following: [Float]
  public internal(set) var tagGroups: [TagGroup]
  /// The pitches that are sung, in steps of 12.5 Hz, upwards.
  public internal(set) var pitches: [UInt16]
  /// Pitches by the vocal row; states are ``pitches``.
  public internal(set) var vocalPitches: CodeTable
  /// In how many songs two pitches are sung, [pitches, pitches]; on the diagonal, in how many one is.
  public internal(set) var together: [Float]
  /// Codes of the accompaniment between beats (state 0) and on the first frame of one (state 1).
  public internal(set) var onsets: CodeTable
  /// Songs that were counted.
  public internal(set) var songs: Int

  /// Codes of a row.
  public var codes: Int { vocalPhones.codes }
}
