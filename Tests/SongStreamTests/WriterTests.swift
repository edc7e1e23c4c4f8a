import Diagnostics
import SongStream
import Testing

/// Accepts some bytes and then fails as a full disk does.
final class FullSink: ByteSink {
  private(set) var room: Int

  init(room: Int) { self.room = room }

  func write(_ bytes: UnsafeRawBufferPointer) throws(StreamFailure) {
    guard bytes.count <= room else { throw StreamFailure(.write(28)) }
    room -= bytes.count
  }
}

@Suite struct WriterTests {
  private func misuse(
    _ body: (SongWriter) throws -> Void, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let failure = #expect(throws: StreamFailure.self, sourceLocation: sourceLocation) {
      try body(SongWriter(MemorySink()))
    }
    guard case .misuse = failure?.reason else {
      Issue.record("\(String(describing: failure))", sourceLocation: sourceLocation)
      return
    }
    #expect(failure?.status == .software, sourceLocation: sourceLocation)
  }

  @Test func callsInTheWrongOrderAreRefused() {
    misuse { try $0.write(track: 0, tokens: [1]) }
    misuse { try $0.write(track: 0, bytes: [1, 0]) }
    misuse { try $0.end(stop: .eos) }
    misuse { try $0.fail(SongAbort(tool: "t", code: 65, message: "m")) }
    misuse {
      try $0.begin(Samples.header)
      try $0.begin(Samples.header)
    }
    misuse {
      try $0.begin(Samples.header)
      try $0.close()
    }
    misuse {
      try $0.begin(Samples.header)
      let floats: [Float] = [1]
      let writer = $0
      try floats.withUnsafeBufferPointer { try writer.write(track: 0, floats: $0) }
    }
  }

  @Test(arguments: [-1, 3, 64, 255, 1000])
  func tracksThatTheSongDoesNotHaveAreRefused(track: Int) throws {
    let writer = SongWriter(MemorySink())
    try writer.begin(Samples.header)
    #expect(throws: StreamFailure.self) { try writer.write(track: track, tokens: [1]) }
  }

  @Test func noFramesMeanNoRecord() throws {
    let sink = MemorySink()
    let writer = SongWriter(sink)
    try writer.begin(Samples.header)
    let count = sink.bytes.count
    try writer.write(track: 0, tokens: [])
    #expect(sink.bytes.count == count)
  }

  @Test func partOfAFrameIsRefused() throws {
    let writer = SongWriter(MemorySink())
    try writer.begin(Samples.header)
    let failure = #expect(throws: StreamFailure.self) { try writer.write(track: 0, bytes: [1]) }
    #expect(failure?.reason == .partialFrame(track: "mixed", size: 1, frame: 2))
  }

  @Test func everyRecordLeavesAtOnce() throws {
    let sink = MemorySink()
    let writer = SongWriter(sink)
    try writer.begin(Samples.header)
    for token in 0..<4 as Range<UInt16> {
      let before = sink.bytes.count
      try writer.write(track: 0, tokens: [token])
      #expect(sink.bytes.count == before + 34)
    }
  }

  @Test func aFailedWriteIsToldAtEveryPlace() throws {
    func write(to writer: SongWriter) throws {
      for _ in 0..<2 {
        try writer.begin(Samples.header)
        for track in 0..<3 { try writer.write(track: track, tokens: [1, 2, 3, 4]) }
        try writer.end(stop: .end)
      }
      try writer.close()
    }
    let whole = MemorySink()
    try write(to: SongWriter(whole))
    let size = whole.bytes.count
    for room in stride(from: 0, to: size, by: 17) {
      let writer = SongWriter(FullSink(room: room), name: "standard output")
      let failure = #expect(throws: StreamFailure.self) { try write(to: writer) }
      #expect(failure?.reason == .write(28))
      #expect(failure?.status == .inputOutput)
      #expect(
        failure?.description == "standard output: cannot write: no space left on device")
      // Nothing can be written behind a failure, least of all an end.
      #expect(throws: failure ?? StreamFailure(.empty)) { try writer.close() }
    }
  }

  @Test func songsCanBeCopiedAsTheyAre() throws {
    let records = RawRecord.split(try Samples.small())
    let songs = records.dropLast().flatMap { $0 }
    #expect(failure(of: songs + SongWriter.endRecord(songs: 3)) == nil)
    #expect(failure(of: songs + SongWriter.endRecord(songs: 2)) != nil)
    #expect(SongWriter.endRecord(songs: 3) == records.last)
  }

  @Test func theSongsOfEveryPartAreCounted() throws {
    let sink = MemorySink()
    let writer = SongWriter(sink)
    for songs in 0..<3 {
      for song in 0..<songs {
        try writer.begin(SongHeader(kind: .request, id: "\(song)"))
        try writer.end(stop: .end)
      }
      try writer.close()
    }
    #expect(try events(sink.bytes).filter { $0 == .closed }.count == 3)
    #expect(writer.offset == UInt64(sink.bytes.count))
  }
}
