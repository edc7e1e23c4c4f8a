import SongStream

extension TokenSong {
  /// Puts `other` behind this song.
  ///
  /// The request, the seed and the prompt stay those of this song; the provenance of `other` comes
  /// in, and the song stops as `other` does.
  ///
  /// - Throws: ``TokenEditFailure`` (65) if the two differ in their rows, or together are too long.
  public mutating func append(_ other: TokenSong) throws(TokenEditFailure) {
    guard Set(tracks.map(\.name)) == Set(other.tracks.map(\.name)) else {
      throw TokenEditFailure("the songs have different rows")
    }
    let frames = frames
    for (index, track) in tracks.enumerated() {
      try checkSame(track, other, track.name)
      let more = other.row(track.name) ?? []
      rows[index] = Array(rows[index][..<frames]) + more[..<other.frames]
    }
    try checkSize()
    stop = other.stop
    absorb(other)
  }

  /// Refuses tokens of another vocabulary or rate than those of `track`.
  func checkSame(
    _ track: Track, _ other: TokenSong, _ name: String
  ) throws(TokenEditFailure) {
    guard let own = other.tracks.first(where: { $0.name == name }) else {
      throw TokenEditFailure("the song lacks the row '\(name)'")
    }
    guard own.vocab == track.vocab, own.rate == track.rate else {
      throw TokenEditFailure(
        "the rows '\(name)' differ in vocabulary or frame rate: they come from different codecs")
    }
  }
}
