import SongStream

/// One of several songs of a request.
struct Candidate {
  /// From 1.
  let index: Int
  let seed: UInt64
  /// The request's header, under the candidate's own name.
  let header: SongHeader

  /// The candidates of a request: `walk.1`, `walk.2` and so on, with the seed and those that follow
  /// it. A single one is the song itself.
  static func all(of header: SongHeader, count: Int, seed: UInt64) -> [Candidate] {
    guard count > 1 else { return [Candidate(index: 1, seed: seed, header: header)] }
    return (1...count).map { index in
      var own = header
      own.id += ".\(index)"
      own.extra["candidate"] = [
        "index": .integer(Int64(index)), "of": .integer(Int64(count)), "song": .string(header.id),
      ]
      // Seeds stay within what a signed number holds.
      let next = (seed + UInt64(index - 1)) & UInt64(Int64.max)
      return Candidate(index: index, seed: next, header: own)
    }
  }
}
