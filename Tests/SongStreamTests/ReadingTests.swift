import SongStream
import Testing

/// Gives at most so many bytes at a time.
struct SlowSource: ByteSource {
  var source: MemorySource
  var chunk: () -> Int

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(StreamFailure) -> Int {
    let count = min(buffer.count, max(1, chunk()))
    return try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(count)))
  }
}

/// Random numbers that are the same every time: splitmix64.
struct Random: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite struct ReadingTests {
  @Test func oneByteAtATimeWorks() throws {
    let bytes = try Samples.small()
    let slow = SlowSource(source: MemorySource(bytes)) { 1 }
    #expect(try events(slow) == events(bytes))
  }

  @Test(arguments: 0..<20)
  func randomShortReadsWork(seed: UInt64) throws {
    let bytes = try Samples.small()
    var random = Random(seed)
    let slow = SlowSource(source: MemorySource(bytes)) { Int.random(in: 1...70, using: &random) }
    #expect(try events(slow) == events(bytes))
  }

  @Test func aRecordIsDeliveredBeforeTheNextOneExists() throws {
    let records = RawRecord.split(try Samples.small())
    for count in 1...records.count {
      let reader = SongReader(MemorySource(records.prefix(count).flatMap { $0 }), name: "test")
      for _ in 0..<count { #expect(try reader.next() != nil) }
    }
  }

  @Test func placesAreKnown() throws {
    let bytes = try Samples.small()
    let records = RawRecord.split(bytes)
    let reader = SongReader(MemorySource(bytes), name: "test")
    var start: UInt64 = 0
    for record in records {
      _ = try reader.next()
      #expect(reader.recordOffset == start)
      start += UInt64(record.count)
      #expect(reader.offset == start)
    }
  }

  @Test func lowerCaseRecordsAreSkipped() throws {
    var other = RawRecord("x", 1, "later".utf8)
    other.track = 3
    other.position = 9
    let stream = [
      RawRecord("H", 0, Samples.minimalHeader), other,
      RawRecord("E", 2, #"{"frames":{},"stop":"end"}"#.utf8), Samples.z(1),
    ]
    #expect(
      try events(stream.flatMap(\.bytes)) == [
        .song(SongHeader(kind: .request, id: "x")), .end(frames: [:], stop: .end), .closed,
      ])
  }
}
