import Diagnostics
public import TokenEditing

/// The rows of a song, and its labels if it has any; all of one length.
public struct SongTokens: Sendable {
  public let mixed: [UInt16]
  public let vocal: [UInt16]
  public let accompaniment: [UInt16]
  /// 0 where nothing is sung, else 1 + the place of the phone in the alphabetical order of the 39.
  public let phones: [UInt16]?
  /// 0, or the frequency that is sung in steps of 12.5 Hz.
  public let pitches: [UInt16]?

  /// Frames.
  public var count: Int { vocal.count }

  /// - Throws: ``TokenReadingFailure`` with status 65 when a row is missing.
  public init(_ song: TokenSong) throws(TokenReadingFailure) {
    func row(_ name: String) throws(TokenReadingFailure) -> [UInt16] {
      guard let row = song.row(name) else {
        throw TokenReadingFailure(.data, "the song has no row '\(name)'")
      }
      return row
    }
    let rows = [try row("mixed"), try row("vocal"), try row("accompaniment")]
    self.init(
      mixed: rows[0], vocal: rows[1], accompaniment: rows[2], phones: song.row("label.phone"),
      pitches: song.row("label.pitch"))
  }

  /// Rows that may be of different lengths; the shortest counts.
  public init(
    mixed: [UInt16], vocal: [UInt16], accompaniment: [UInt16], phones: [UInt16]? = nil,
    pitches: [UInt16]? = nil
  ) {
    let all = [mixed, vocal, accompaniment] + [phones, pitches].compactMap(\.self)
    let count = all.map(\.count).min() ?? 0
    self.mixed = Array(mixed.prefix(count))
    self.vocal = Array(vocal.prefix(count))
    self.accompaniment = Array(accompaniment.prefix(count))
    self.phones = phones.map { Array($0.prefix(count)) }
    self.pitches = pitches.map { Array($0.prefix(count)) }
  }
}
