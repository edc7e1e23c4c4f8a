import Diagnostics
import Glibc
import SongStream
import Testing

@Suite struct FileDescriptorTests {
  private func withPipe(_ body: (_ read: Int32, _ write: Int32) throws -> Void) throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    try body(ends[0], ends[1])
  }

  @Test func aStreamGoesThroughAPipe() throws {
    try withPipe { read, write in
      let bytes = try Samples.small()
      let writer = SongWriter(FileDescriptorSink(write))
      let reader = SongReader(FileDescriptorSource(read), name: "pipe")
      for event in try events(bytes) {
        switch event {
        case .song(let header): try writer.begin(header)
        case .frames(let block): try writer.write(track: block.track, bytes: block.bytes)
        case .end(_, let stop): try writer.end(stop: stop)
        case .failed(let abort): try writer.fail(abort)
        case .closed: try writer.close()
        }
        // Whatever was written can be read before anything follows.
        #expect(try reader.next() == event)
      }
    }
  }

  @Test func aDescriptorThatDoesNotBlockIsWaitedFor() async throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    for end in ends { try #require(fcntl(end, F_SETFL, O_NONBLOCK) == 0) }
    let (read, write) = (ends[0], ends[1])
    let track = Track(name: "mixed", type: .f32, shape: [2], rate: FrameRate(48000))
    let header = SongHeader(kind: .pcm, id: "x", tracks: [track])
    let samples = [Float](repeating: 0.5, count: 400_000)
    async let written: Void = {
      let writer = SongWriter(FileDescriptorSink(write))
      try writer.begin(header)
      try samples.withUnsafeBufferPointer { try writer.write(track: 0, floats: $0) }
      try writer.end(stop: .end)
      try writer.close()
      Glibc.close(write)
    }()
    let found = try events(FileDescriptorSource(read))
    try await written
    Glibc.close(read)
    #expect(found.count == 8)
    #expect(found.last == .closed)
  }

  @Test func aFullDiskIsTold() throws {
    let full = open("/dev/full", O_WRONLY)
    try #require(full >= 0)
    defer { close(full) }
    let writer = SongWriter(FileDescriptorSink(full), name: "/dev/full")
    let failure = #expect(throws: StreamFailure.self) { try writer.close() }
    #expect(failure?.reason == .write(ENOSPC))
  }

  @Test func aReadThatFailsIsTold() throws {
    let directory = open("/", O_RDONLY)
    try #require(directory >= 0)
    defer { close(directory) }
    let reader = SongReader(FileDescriptorSource(directory), name: "/")
    let failure = #expect(throws: StreamFailure.self) { try reader.next() }
    #expect(failure?.reason == .read(EISDIR))
    #expect(failure?.description == "/: cannot read: is a directory")
    #expect(failure?.status.rawValue == 74)
  }

  @Test func nothingAtAllIsAnError() throws {
    let null = open("/dev/null", O_RDONLY)
    try #require(null >= 0)
    defer { close(null) }
    let reader = SongReader(FileDescriptorSource(null), name: "standard input")
    let failure = #expect(throws: StreamFailure.self) { try reader.next() }
    #expect(failure?.reason == .empty)
    #expect(failure?.status.rawValue == 66)
  }
}
