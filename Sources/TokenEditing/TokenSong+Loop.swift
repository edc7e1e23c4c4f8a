extension TokenSong {
  /// The song with the frames of `range` `times` times in a row where they were once.
  ///
  /// - Throws: ``TokenEditFailure`` (65) if the song has no such frames or becomes too long, or for
  ///   fewer than one time.
  public func loop(_ range: Range<Int>, times: Int) throws(TokenEditFailure) -> TokenSong {
    guard times >= 1 else { throw TokenEditFailure("a part cannot play \(times) times") }
    let part = range.clamped(to: 0..<frames)
    guard !part.isEmpty else {
      throw TokenEditFailure(
        "nothing is there to repeat between frames \(range.lowerBound) and \(range.upperBound) of "
          + "a song that has \(frames)")
    }
    let (added, overflow) = part.count.multipliedReportingOverflow(by: times - 1)
    guard !overflow, added <= (Self.limit - frames * rows.count) / max(1, rows.count) else {
      throw TokenEditFailure("the song would have more than \(Self.limit) tokens")
    }
    var song = self
    song.rows = rows.map { row in
      var result = Array(row[..<part.upperBound])
      for _ in 0..<times - 1 { result += row[part] }
      return result + row[part.upperBound..<frames]
    }
    return song
  }
}
