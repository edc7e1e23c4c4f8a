import SongStream
import Testing

@Suite struct RoundTripTests {
  @Test func aStreamComesBackAsItWasWritten() throws {
    let events = try events(Samples.small())
    try #require(events.count == 15)
    #expect(events[0] == .song(Samples.header))
    #expect(
      events[1]
        == .frames(FrameBlock(track: 0, position: 0, count: 4, bytes: [1, 0, 2, 0, 3, 0, 63, 0])))
    #expect(
      events[4] == .frames(FrameBlock(track: 1, position: 2, count: 2, bytes: [9, 0, 10, 0])))
    #expect(events[5] == .end(frames: ["mixed": 4, "vocal": 4, "accompaniment": 4], stop: .eos))
    #expect(events[12] == .song(SongHeader(kind: .request, id: "bad")))
    #expect(events[13] == .failed(SongAbort(tool: "sg-lm", code: 65, message: "no lyrics")))
    #expect(events[14] == .closed)
  }

  @Test func theSameSongsGiveTheSameBytes() throws {
    #expect(try Samples.small() == Samples.small())
  }

  @Test func streamsCanBeJoined() throws {
    let one = try Samples.small()
    #expect(try events(one + one) == events(one) + events(one))
  }

  @Test func aStreamMayHaveNoSong() throws {
    let sink = MemorySink()
    try SongWriter(sink).close()
    #expect(try events(sink.bytes) == [.closed])
  }

  @Test func unknownKeysArePassedOn() throws {
    var header = Samples.header
    header.tracks[0].extra["unit"] = "code"
    header.models[0].extra["from"] = ["a": nil]
    header.history[0].extra["host"] = 1
    header.extra["larger"] = JSONValue(UInt64.max)
    #expect(try events(Samples.stream(header)).first == .song(header))
  }

  @Test func blocksGiveTokensAndFloats() throws {
    let tokens = FrameBlock(track: 0, position: 0, count: 2, bytes: [1, 2, 255, 255])
    #expect(tokens.tokens() == [0x0201, 0xFFFF])
    #expect(
      FrameBlock(track: 0, position: 0, count: 1, bytes: [1, 2, 3, 255]).words() == [0xFF03_0201])
    let floats = FrameBlock(track: 0, position: 0, count: 1, bytes: [0, 0, 0x80, 0xBF])
    #expect(floats.floats() == [-1])
  }

  @Test func longWritesBecomeRecordsOfAtMost48000Frames() throws {
    let track = Track(name: "mixed", type: .f32, shape: [2], rate: FrameRate(48000))
    let samples = (0..<2 * 100_000).map { Float($0) / 200_000 }
    let bytes = try Samples.stream(SongHeader(kind: .pcm, id: "pcm", tracks: [track])) { writer in
      try samples.withUnsafeBufferPointer { try writer.write(track: 0, floats: $0) }
    }
    let blocks = try events(bytes).compactMap { event in
      if case .frames(let block) = event { block } else { nil }
    }
    #expect(blocks.map(\.count) == [48000, 48000, 4000])
    #expect(blocks.map(\.position) == [0, 48000, 96000])
    #expect(blocks.flatMap { $0.floats() } == samples)
  }
}
