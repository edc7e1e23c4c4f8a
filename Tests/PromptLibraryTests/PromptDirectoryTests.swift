import Foundation
import PromptLibrary
import SongStream
import TestSupport
import Testing
import TokenEditing

struct PromptDirectoryTests {
  private func make(_ folder: String, in scratch: Scratch) throws {
    try FileManager.default.createDirectory(
      at: scratch.url.appending(path: folder), withIntermediateDirectories: true)
  }

  /// A reference of one frame whose tokens are `token`.
  private func reference(_ token: UInt16, songs: Int = 1) throws -> [UInt8] {
    let sink = MemorySink()
    let writer = SongWriter(sink)
    for _ in 0..<songs {
      try writer.begin(
        SongHeader(
          kind: .request, id: "r",
          tracks: PromptTracks.names.map {
            Track(name: $0, type: .u16, shape: [1], rate: FrameRate(25))
          }))
      for track in 0..<3 { try writer.write(track: track, tokens: [token]) }
      try writer.end(stop: .end)
    }
    try writer.close()
    return sink.bytes
  }

  @Test func foldersOfStyles() {
    #expect(PromptStyle("R&B/Soul").folder == "r-b-soul")
    #expect(PromptStyle("Hip-Hop").folder == "hip-hop")
    #expect(PromptStyle("../../etc").folder == "etc")
  }

  @Test func languagesAreKeptApart() throws {
    let scratch = try Scratch()
    let library = PromptDirectory(scratch.url.path)
    #expect(throws: PromptLibraryFailure.self) {
      try library.prompt(style: PromptStyle("Pop"), language: "en", seed: 0)
    }
    try make("pop/en", in: scratch)
    try make("pop/zh", in: scratch)
    try scratch.write(reference(1), to: "pop/en/a.sgs")
    try scratch.write(reference(2), to: "pop/zh/b.sgs")
    try scratch.write([0], to: "pop/readme.txt")
    for seed in 0..<8 as Range<UInt64> {
      let english = try library.prompt(style: PromptStyle("Pop"), language: "en", seed: seed)
      #expect(try english.tracks.rows() == [[1], [1], [1]])
      // Without a folder of its own Auto is every style.
      let any = try library.prompt(style: .any, language: "zh", seed: seed)
      #expect(any.name == "pop/zh/b.sgs")
    }
  }

  @Test func filesThatAreNoReferenceAreRefused() throws {
    let scratch = try Scratch()
    try make("jazz", in: scratch)
    let library = PromptDirectory(scratch.url.path)
    for bytes in [[], [1, 2, 3], try reference(1, songs: 2), Array(try reference(1).dropLast(40))] {
      try scratch.write(bytes, to: "jazz/x.sgs")
      #expect(throws: (any Error).self) {
        try library.prompt(style: PromptStyle("Jazz"), language: nil, seed: 0)
      }
    }
  }
}
