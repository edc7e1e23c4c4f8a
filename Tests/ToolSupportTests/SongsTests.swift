import Diagnostics
import SongStream
import TestSupport
import Testing
import ToolSupport

@Suite struct SongsTests {
  @Test func songsPassThroughFiles() throws {
    let scratch = try Scratch()
    let path = scratch.path("a.sgs")
    let file = try OutputFile(path)
    let writer = file.songs()
    try writer.begin(SongHeader(kind: .request, id: "walk"))
    try writer.end(stop: .end)
    try writer.close()
    #expect(try scratch.names() != ["a.sgs"])
    try file.commit()
    let reader = try InputFile(path).songs()
    #expect(try reader.next() == .song(SongHeader(kind: .request, id: "walk")))
    #expect(try reader.next() == .end(frames: [:], stop: .end))
    #expect(try reader.next() == .closed)
    #expect(try reader.next() == nil)
  }

  @Test func noByteIsNoInput() throws {
    let scratch = try Scratch()
    let reader = try InputFile(try scratch.write([], to: "empty")).songs()
    let failure = #expect(throws: StreamFailure.self) { try reader.next() }
    #expect(failure?.status == .noInput)
  }
}
