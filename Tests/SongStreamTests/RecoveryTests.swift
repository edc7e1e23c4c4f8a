import SongStream
import Testing

@Suite struct RecoveryTests {
  /// A stream of songs named after the letters of `ids`, and where each lies.
  private func songs(_ ids: String) throws -> (bytes: [UInt8], ranges: [Range<Int>]) {
    let sink = MemorySink()
    let writer = SongWriter(sink)
    var ranges: [Range<Int>] = []
    for id in ids {
      let start = sink.bytes.count
      var header = Samples.header
      header.id = String(id)
      try writer.begin(header)
      for track in 0..<3 { try writer.write(track: track, tokens: [1, 2, 3, 4]) }
      try writer.end(stop: .eos)
      ranges.append(start..<sink.bytes.count)
    }
    try writer.close()
    return (sink.bytes, ranges)
  }

  private func findings(_ bytes: [UInt8]) throws -> [SongRecovery.Finding] {
    var findings: [SongRecovery.Finding] = []
    try SongRecovery(MemoryStore(bytes), name: "damaged.sgs").run { findings.append($0) }
    return findings
  }

  /// The names of the songs that can be saved.
  private func saved(_ bytes: [UInt8]) throws -> String {
    try findings(bytes).compactMap { finding in
      guard case .whole(let id, let range) = finding else { return nil }
      // What lies there is a stream, once it has an end.
      let song = Array(bytes[Int(range.lowerBound)..<Int(range.upperBound)])
      #expect(failure(of: song + Samples.z(1).bytes) == nil)
      return id
    }.joined()
  }

  private func damages(_ bytes: [UInt8]) throws -> [StreamFailure.Reason] {
    try findings(bytes).compactMap {
      if case .damage(let failure) = $0 { failure.reason } else { nil }
    }
  }

  @Test func anUndamagedStreamIsSavedWhole() throws {
    let (bytes, ranges) = try songs("abc")
    #expect(
      try findings(bytes)
        == zip("abc", ranges).map {
          .whole(id: String($0), bytes: UInt64($1.lowerBound)..<UInt64($1.upperBound))
        })
  }

  @Test func aFlippedBitCostsOneSong() throws {
    let (bytes, ranges) = try songs("abcd")
    for offset in stride(from: ranges[1].lowerBound, to: ranges[1].upperBound, by: 3) {
      var damaged = bytes
      damaged[offset] ^= 4
      #expect(try saved(damaged) == "acd", "byte \(offset)")
      #expect(try damages(damaged).count == 1)
    }
  }

  @Test func aCutCostsTheSongsBehindIt() throws {
    let (bytes, ranges) = try songs("abc")
    for length in stride(from: 1, to: bytes.count, by: 7) {
      let whole = ranges.filter { $0.upperBound <= length }.count
      #expect(try saved(Array(bytes.prefix(length))) == String("abc".prefix(whole)))
    }
  }

  @Test func aMissingEndOfASongCostsThatSong() throws {
    let (bytes, ranges) = try songs("abc")
    let end = RawRecord.split(Array(bytes[ranges[0]])).last?.count ?? 0
    var damaged = bytes
    damaged.removeSubrange(ranges[0].upperBound - end..<ranges[0].upperBound)
    #expect(try saved(damaged) == "bc")
  }

  @Test func whatLiesBetweenIsPassedOver() throws {
    let (bytes, ranges) = try songs("abc")
    var damaged = bytes
    let junk = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 37) } + [0x89, 0x53, 0x47, 0x0A]
    damaged.insert(contentsOf: junk, at: ranges[1].lowerBound)
    #expect(try saved(damaged) == "abc")
    #expect(try damages(damaged) == [.magic])
  }

  @Test func aStreamInsideACutPayloadIsFound() throws {
    let (bytes, ranges) = try songs("ab")
    // The first stream is cut inside a payload, and another was appended.
    #expect(try saved(Array(bytes[..<(ranges[1].upperBound - 5)]) + bytes) == "aab")
  }

  @Test func lostSongsAreToldByTheEnd() throws {
    let (bytes, ranges) = try songs("abc")
    var damaged = bytes
    damaged.removeSubrange(ranges[1])
    #expect(try saved(damaged + bytes) == "acabc")
    #expect(try damages(damaged + bytes) == [.songTotal(counted: 3, seen: 2)])
  }

  @Test func failedSongsAreToldButNotSaved() throws {
    let found = try findings(Samples.small())
    #expect(found.count == 3)
    #expect(
      found.last == .failed(id: "bad", SongAbort(tool: "sg-lm", code: 65, message: "no lyrics")))
  }

  @Test func nothingIsFoundInNothing() throws {
    #expect(try findings([]) == [.damage(StreamFailure(.empty, name: "damaged.sgs"))])
    #expect(try damages([1, 2, 3]) == [.magic])
    #expect(try damages([0x89, 0x53, 0x47]) == [.truncatedHead(3)])
  }

  @Test(arguments: 0..<10)
  func randomDamageNeverCostsMoreThanItTouches(seed: UInt64) throws {
    let (bytes, ranges) = try songs("abcdefgh")
    var random = Random(seed)
    for _ in 0..<40 {
      var damaged = bytes
      var lost: Set<Int> = []
      for _ in 0..<3 {
        let offset = Int.random(in: 0..<bytes.count, using: &random)
        damaged[offset] = damaged[offset] &+ 1
        if let index = ranges.firstIndex(where: { $0.contains(offset) }) { lost.insert(index) }
      }
      let left = Array("abcdefgh").enumerated().filter { !lost.contains($0.offset) }.map(\.element)
      #expect(try saved(damaged) == String(left))
    }
  }
}
