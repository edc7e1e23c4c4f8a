import SongStream
import Testing
import TokenEditing

/// Songs of 20 frames whose tokens say where they were: row * 1000 + base + frame.
struct TokenSongTests {
  private func song(
    _ id: String = "a", base: Int = 0, frames: Int = 20, ahead: Int = 0, model: String = "one",
    vocab: Int = 16384, prompt: Bool = false
  ) throws -> TokenSong {
    let rate = FrameRate(25)
    var header = SongHeader(
      kind: .tokens, id: id, seed: 7,
      tracks: TokenSong.names.map {
        Track(name: $0, type: .u16, shape: [1], rate: rate, vocab: vocab)
      },
      models: [
        ModelReference(
          role: "lm", name: model, sha256: String(repeating: model == "one" ? "1" : "2", count: 64))
      ],
      history: [HistoryEntry(tool: "sg-lm", version: "1", options: ["of": .string(id)])])
    if prompt {
      header.tracks += PromptTracks.names.map {
        Track(name: $0, type: .u16, shape: [1], rate: rate, vocab: vocab)
      }
    }
    var song = try TokenSong(header)
    for track in header.tracks.indices {
      let count = track >= 3 ? 5 : frames + (track == 0 ? ahead : 0)
      let bytes = (0..<count).flatMap { frame -> [UInt8] in
        let token = UInt16(track % 3 * 1000 + base + frame)
        return [UInt8(token & 0xFF), UInt8(token >> 8)]
      }
      try song.take(FrameBlock(track: track, position: 0, count: count, bytes: bytes))
    }
    song.stop = .eos
    return song
  }

  private func row(_ row: Int, _ frames: [Int]) -> [UInt16] {
    frames.map { UInt16(row * 1000 + $0) }
  }

  @Test func aCutKeepsItsPart() throws {
    let cut = try song(ahead: 4, prompt: true).cut(5..<9)
    for index in 0..<3 { #expect(cut.rows[index] == row(index, Array(5..<9))) }
    #expect(cut.stop == .end)
    #expect(try cut.prompt.rows()?[2] == row(2, Array(0..<5)))
    // To the end it stops as the song does, and the mixed row ends with the others.
    let tail = try song(ahead: 4).cut(15..<1000)
    #expect(tail.rows[0] == row(0, Array(15..<20)) && tail.stop == .eos)
    #expect(throws: TokenEditFailure.self) { try song().cut(20..<30) }
    #expect(throws: TokenEditFailure.self) { try song().cut(3..<3) }
  }

  @Test func songsAreJoined() throws {
    var joined = try song(ahead: 3)
    try joined.append(song("b", base: 100, frames: 4))
    #expect(joined.rows[0] == row(0, Array(0..<20) + Array(100..<104)))
    #expect(joined.rows[2] == row(2, Array(0..<20) + Array(100..<104)))
    #expect(joined.header.history.map { $0.extra["song"] } == [nil, "b"])
    #expect(joined.header.models.count == 1)
    #expect(throws: TokenEditFailure.self) {
      var copy = joined
      try copy.append(song(vocab: 5000))
    }
  }

  @Test func aPartIsRepeated() throws {
    let looped = try song(frames: 6, ahead: 2).loop(2..<4, times: 3)
    #expect(looped.rows[1] == row(1, [0, 1, 2, 3, 2, 3, 2, 3, 4, 5]))
    #expect(looped.rows[0].count == 10)
    #expect(try song(frames: 6).loop(0..<6, times: 1).rows == song(frames: 6).rows)
    #expect(throws: TokenEditFailure.self) { try song().loop(30..<40, times: 2) }
    #expect(throws: TokenEditFailure.self) { try song().loop(0..<20, times: Int.max) }
    #expect(throws: TokenEditFailure.self) { try song().loop(0..<20, times: 0) }
  }

  @Test(arguments: TokenSong.MixedRow.allCases)
  func aCrossHasEachRowFromItsSong(_ mixed: TokenSong.MixedRow) throws {
    let other = try song("b", base: 500, frames: 12, model: "two")
    let crossed = try TokenSong.cross(
      vocal: song(prompt: true), accompaniment: other, mixed: mixed)
    #expect(crossed.row("vocal") == row(1, Array(0..<12)))
    #expect(crossed.row("accompaniment") == row(2, Array(500..<512)))
    switch mixed {
    case .vocal: #expect(crossed.row("mixed") == row(0, Array(0..<12)))
    case .accompaniment: #expect(crossed.row("mixed") == row(0, Array(500..<512)))
    case .none: #expect(crossed.row("mixed") == nil && crossed.tracks.count == 2)
    }
    #expect(crossed.header.models.map(\.name) == ["one", "two"])
    #expect(crossed.header.history.map { $0.extra["song"] } == [nil, "b"])
    #expect(try crossed.prompt.rows() != nil)
    #expect(try song().differsInModel(from: other))
    #expect(throws: TokenEditFailure.self) {
      try TokenSong.cross(vocal: song(), accompaniment: song(vocab: 9000))
    }
  }

  @Test func aPromptIsASongAndBack() throws {
    let (header, prompt) = try song().asPrompt(2..<8)
    #expect(header.kind == .request && header.tracks.map(\.name) == PromptTracks.names)
    let back = try TokenSong(prompt: prompt, of: header)
    #expect(back.rows == (try song().cut(2..<8)).rows)
    #expect(throws: TokenEditFailure.self) { try TokenSong(prompt: PromptTracks(), of: header) }
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let song = try song(frames: 700, ahead: 30, prompt: true)
    let sink = MemorySink()
    let writer = SongWriter(sink)
    try song.write(to: writer)
    try writer.close()
    let reader = SongReader(MemorySource(sink.bytes), name: "memory")
    var again: TokenSong?
    while let event = try reader.next() {
      switch event {
      case .song(let header): again = try TokenSong(header)
      case .frames(let block): try again?.take(block)
      case .end(_, let stop): again?.stop = stop
      case .failed, .closed: break
      }
    }
    #expect(again?.rows == song.rows)
    #expect(again?.prompt == song.prompt)
    #expect(again?.stop == .eos)
    #expect(again?.header.history == song.header.history)
  }

  @Test func otherSongsAreRefused() throws {
    let rate = FrameRate(25)
    let tokens = Track(name: "mixed", type: .u16, shape: [1], rate: rate)
    let wide = Track(name: "mixed", type: .u16, shape: [2], rate: rate)
    let floats = Track(name: "x", type: .f32, shape: [1], rate: rate)
    let slow = Track(name: "vocal", type: .u16, shape: [1], rate: FrameRate(24))
    for tracks in [[wide], [tokens, floats], [tokens, slow], []] {
      #expect(throws: TokenEditFailure.self) {
        try TokenSong(SongHeader(kind: .tokens, id: "x", tracks: tracks))
      }
    }
    #expect(throws: TokenEditFailure.self) {
      try TokenSong(SongHeader(kind: .request, id: "x", tracks: [tokens]))
    }
  }

  @Test func historyStaysWithinItsLimit() throws {
    var joined = try song()
    for index in 0..<100 { try joined.append(song("s\(index)", frames: 1)) }
    joined.record("sg-edit", version: "1", options: [:])
    #expect(joined.header.history.count == StreamLimits().history)
    let writer = SongWriter(MemorySink())
    try joined.write(to: writer)
  }
}
