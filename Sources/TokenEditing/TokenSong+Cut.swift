import SongStream

extension TokenSong {
  /// The part of the song in `range`, a range of frames; what the song does not have of it is left
  /// out.
  ///
  /// The prompt stays: it conditioned this part as well. A part that does not reach the song's end
  /// has not ended, so ``stop`` becomes `end`.
  ///
  /// - Throws: ``TokenEditFailure`` (65) if nothing is left.
  public func cut(_ range: Range<Int>) throws(TokenEditFailure) -> TokenSong {
    let part = range.clamped(to: 0..<frames)
    guard !part.isEmpty else {
      throw TokenEditFailure(
        "nothing is left between frames \(range.lowerBound) and \(range.upperBound) of a song "
          + "that has \(frames)")
    }
    var song = self
    if part.upperBound < frames || stop == nil { song.stop = .end }
    song.rows = rows.map { Array($0[part]) }
    return song
  }
}
