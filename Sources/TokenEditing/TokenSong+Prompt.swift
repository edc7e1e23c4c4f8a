public import SongStream

extension TokenSong {
  /// An encoded reference out of the frames of `range`: a song with these prompt tracks and nothing
  /// else, as sg-encode makes it of a recording, but without latents.
  ///
  /// - Throws: ``TokenEditFailure`` (65) if a row is missing or nothing is left.
  public func asPrompt(
    _ range: Range<Int>
  ) throws(TokenEditFailure) -> (header: SongHeader, prompt: PromptTracks) {
    let part = try cut(range)
    var prompt = PromptTracks()
    for name in Self.names {
      guard var track = tracks.first(where: { $0.name == name }), let row = part.row(name) else {
        throw TokenEditFailure("the song lacks the row '\(name)'")
      }
      track.name = "prompt." + name
      try prompt.add(track, bytes: row.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    }
    var header = header
    header.kind = .request
    header.request = nil
    header.seed = nil
    header.maxSkew = Self.step
    header.tracks = prompt.tracks
    return (header, prompt)
  }

  /// A song whose rows are the tokens of a prompt, to be heard or edited.
  ///
  /// - Throws: ``TokenEditFailure`` (65) if there is no whole prompt.
  public init(prompt: PromptTracks, of header: SongHeader) throws(TokenEditFailure) {
    guard let rows = try prompt.rows(), rows.allSatisfy({ $0.count == rows[0].count }) else {
      throw TokenEditFailure("the song has no prompt tokens of one length (sg-encode makes them)")
    }
    let tracks = zip(Self.names, PromptTracks.names).compactMap { name, prompted in
      prompt.tracks.first { $0.name == prompted }
        .map { Track(name: name, type: .u16, shape: [1], rate: $0.rate, vocab: $0.vocab) }
    }
    guard rows[0].count > 0, tracks.allSatisfy({ $0.rate == tracks[0].rate }) else {
      throw TokenEditFailure("the rows of the prompt are empty or differ in frame rate")
    }
    self.init(header, tracks: tracks, rows: rows)
  }
}
