import SongStream
import Testing

/// Streams whose checksums are right but whose records are not.
@Suite struct GrammarTests {
  private let track = #"{"name":"mixed","type":"u16","shape":[2],"rate":[25,1],"vocab":9}"#

  private var header: RawRecord {
    RawRecord("H", 0, #"{"sgs":1,"kind":"tokens","id":"x","tracks":[\#(track)]}"#.utf8)
  }

  private func data(_ payload: [UInt8], track: UInt8 = 0, position: UInt64 = 0, _ seq: UInt32 = 1)
    -> RawRecord
  {
    RawRecord(data: payload, track: track, position: position, sequence: seq)
  }

  private func end(_ text: String, _ sequence: UInt32 = 1) -> RawRecord {
    RawRecord("E", sequence, text.utf8)
  }

  private func reason(_ records: RawRecord...) -> StreamFailure.Reason? {
    failure(of: records.flatMap(\.bytes))?.reason
  }

  @Test func theUndamagedStreamIsAccepted() {
    #expect(
      reason(
        header, data([1, 0, 8, 0]), end(#"{"frames":{"mixed":1},"stop":"max"}"#, 2), Samples.z(1))
        == nil)
  }

  @Test func headsAreChecked() {
    var version = header
    version.version = 2
    #expect(reason(version) == .version(2))
    var flags = header
    flags.flags = 1
    #expect(reason(flags) == .flags(1))
    for kind in ["B", "Y", "0", "{", "\0"] as [Character] {
      #expect(reason(RawRecord(kind)) == .kind(kind.asciiValue ?? 0))
    }
    var track = header
    track.track = 0
    #expect(reason(track) == .track(0))
    var position = header
    position.position = 1
    #expect(reason(position) == .strayPosition(1))
    #expect(reason(RawRecord("H", 1, Samples.minimalHeader)) == .sequence(expected: 0, found: 1))
    #expect(reason(RawRecord("Z", 0, [0])) == .payloadSize(1, limit: 0))
  }

  @Test func recordsStandWhereTheyMay() {
    for kind in ["D", "E", "A", "x"] as [Character] {
      #expect(reason(RawRecord(kind)) == .outOfPlace(kind: kind.asciiValue ?? 0, inSong: false))
    }
    #expect(reason(header, header) == .outOfPlace(kind: UInt8(ascii: "H"), inSong: true))
    #expect(reason(header, Samples.z(1)) == .outOfPlace(kind: UInt8(ascii: "Z"), inSong: true))
    #expect(reason(header, data([1, 0, 1, 0], 2)) == .sequence(expected: 1, found: 2))
    #expect(reason(header, data([1, 0, 1, 0], 0)) == .sequence(expected: 1, found: 0))
  }

  @Test func framesAreChecked() {
    #expect(reason(header, data([1, 0, 1, 0], track: 1)) == .track(1))
    #expect(
      reason(header, data([1, 0, 1, 0], position: 1))
        == .position(track: "mixed", expected: 0, found: 1))
    #expect(
      reason(header, data([1, 0, 1, 0]), data([1, 0, 1, 0], position: 0, 2))
        == .position(track: "mixed", expected: 1, found: 0))
    #expect(reason(header, data([])) == .partialFrame(track: "mixed", size: 0, frame: 4))
    #expect(reason(header, data([1, 0])) == .partialFrame(track: "mixed", size: 2, frame: 4))
    #expect(
      reason(header, data([1, 0, 1, 0, 0, 0, 9, 0]))
        == .token(9, track: "mixed", frame: 1, vocab: 9))
  }

  @Test(arguments: [
    #"[]"#, #"{}"#, #"{"frames":{}}"#, #"{"stop":"end"}"#, #"{"frames":[],"stop":"end"}"#,
    #"{"frames":{"mixed":0},"stop":"bored"}"#, #"{"frames":{},"stop":"end"}"#,
    #"{"frames":{"mixed":0,"vocal":0},"stop":"end"}"#, #"{"frames":{"mixed":-1},"stop":"end"}"#,
    #"{"frames":{"mixed":0.0},"stop":"end"}"#,
  ])
  func endsAreChecked(text: String) {
    guard case .ending = reason(header, end(text)) else {
      Issue.record("accepted, or refused for another reason")
      return
    }
  }

  @Test func totalsAreChecked() {
    #expect(
      reason(header, end(#"{"frames":{"mixed":1},"stop":"end"}"#))
        == .frameTotal(track: "mixed", counted: 1, seen: 0))
    #expect(
      reason(header, end(#"{"frames":{"mixed":0},"stop":"end"}"#), Samples.z(2))
        == .songTotal(counted: 2, seen: 1))
    #expect(reason(Samples.z(1)) == .songTotal(counted: 1, seen: 0))
  }

  @Test(arguments: [
    #"{}"#, #"{"tool":"sg-lm","code":65}"#, #"{"tool":"sg-lm","message":"m"}"#,
    #"{"code":65,"message":"m"}"#, #"{"tool":"sg-lm","code":0,"message":"m"}"#,
    #"{"tool":"sg-lm","code":256,"message":"m"}"#, #"{"tool":"sg-lm","code":"65","message":"m"}"#,
    #"{"tool":"sg-lm","code":65,"message":5}"#,
  ])
  func failedSongsAreChecked(text: String) {
    guard case .ending = reason(header, RawRecord("A", 1, text.utf8)) else {
      Issue.record("accepted, or refused for another reason")
      return
    }
  }

  @Test func theToolOfAFailedSongHasAName() {
    guard
      case .header = reason(
        header, RawRecord("A", 1, #"{"tool":"\u001b","code":65,"message":"m"}"#.utf8))
    else {
      Issue.record("accepted, or refused for another reason")
      return
    }
  }
}
