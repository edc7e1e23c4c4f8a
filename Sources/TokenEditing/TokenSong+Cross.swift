import SongStream

extension TokenSong {
  /// From which of two songs a crossed one has its mixed row.
  public enum MixedRow: String, Sendable, CaseIterable {
    /// From the song that gives the vocal.
    case vocal
    /// From the song that gives the accompaniment.
    case accompaniment
    /// From neither: the song has none.
    case none
  }

  /// The vocal of one song over the accompaniment of another, as long as the shorter of them.
  ///
  /// No row of tokens says what both sound like together, so the mixed row can only be one of
  /// theirs. Decoders do not read it; it steers what a language model adds when the song is
  /// continued. The words are sung by the vocal, so the request, seed and prompt are its.
  ///
  /// - Throws: ``TokenEditFailure`` (65) if a row is missing or they come from different codecs.
  public static func cross(
    vocal: TokenSong, accompaniment: TokenSong, mixed: MixedRow = .accompaniment
  ) throws(TokenEditFailure) -> TokenSong {
    let frames = min(vocal.frames, accompaniment.frames)
    guard frames > 0 else { throw TokenEditFailure("a song without frames cannot be crossed") }
    guard let first = vocal.tracks.first(where: { $0.name == "vocal" }),
      let second = accompaniment.tracks.first(where: { $0.name == "accompaniment" })
    else { throw TokenEditFailure("a song lacks the row 'vocal' or 'accompaniment'") }
    try vocal.checkSame(second, vocal, "accompaniment")
    try accompaniment.checkSame(first, accompaniment, "vocal")

    let source = mixed == .vocal ? vocal : accompaniment
    let top = mixed == .none ? nil : source.tracks.first { $0.name == "mixed" }
    var song = vocal
    song.tracks = [top, first, second].compactMap { $0 }
    song.rows = [
      top == nil ? nil : source.row("mixed"), vocal.row("vocal"),
      accompaniment.row("accompaniment"),
    ].compactMap { $0.map { Array($0[..<frames]) } }
    song.stop = .end
    song.absorb(accompaniment)
    return song
  }
}
