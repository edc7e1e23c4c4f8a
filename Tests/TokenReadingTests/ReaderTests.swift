import Diagnostics
import Foundation
import SongStream
import TestSupport
import Testing
import TokenReading
import Weights

@Suite struct ReaderTests {
  let statistics: TokenStatistics
  let readers: TokenReaders

  init() throws {
    statistics = try Synthetic.statistics()
    readers = TokenReaders(statistics)
  }

  @Test(arguments: TokenStatistics.beats)
  func everyTempoIsHeard(_ beat: Int) {
    for (index, text) in Synthetic.texts.enumerated() {
      let song = Synthetic.song(text, beat: beat, pop: index == 0, seed: UInt64(70 + index))
      #expect(readers.tempo.beat(song.accompaniment) == beat)
      #expect(readers.tempo.beat(Array(song.accompaniment.dropFirst(5))) == beat)
    }
  }

  @Test func whereThereIsNoBeatNoneIsHeard() {
    #expect(readers.tempo.beat([]) == nil)
    #expect(readers.tempo.beat(Array(repeating: 7, count: 400)) == nil)
    #expect(readers.tempo.beat([1, 2, 3]) == nil)
  }

  @Test(arguments: [(150, 10), (125, 12), (107, 14), (94, 16)], [-1, 0])
  func temposAreBeats(_ tempo: (bpm: Int, beat: Int), _ off: Int) {
    #expect(StyleTags("pop, the bpm is \(tempo.bpm)").beat == tempo.beat)
    #expect(StyleTags("the bpm is \(tempo.bpm + 30 * (off - 1))").beat != tempo.beat)
    #expect(StyleTags("the bpm is 0").beat == nil && StyleTags(nil).beat == nil)
  }

  @Test func voiceAndStyleAreTold() {
    for (female, pop) in [(true, true), (true, false), (false, true), (false, false)] {
      let song = Synthetic.song(Synthetic.texts[0], beat: 14, female: female, pop: pop, seed: 55)
      let isSung = readers.vocalPhones.states(song.vocal).map { $0 != 0 }
      #expect(readers.tags.map { $0.tag(song, isSung: isSung) } == [female ? 0 : 1, pop ? 0 : 1])
      let silent = Array(repeating: false, count: song.count)
      #expect(readers.tags[0].tag(song, isSung: silent) == nil)
    }
  }

  @Test func pitchesOfOtherKeysAreOff() throws {
    // Two keys that have no pitch in common, in codes of their own.
    var counts = try LabelledCounts(codes: Synthetic.codes, tags: [])
    for seed in 0..<10 {
      for third in [0, 5] {
        let song = Synthetic.song(
          "[verse] AY AY OW AY OW OW AY OW", beat: 12, female: third == 0, seed: UInt64(seed),
          third: third)
        try counts.add(song, description: StyleTags(nil))
      }
    }
    let own = TokenReaders(try counts.finished())
    let one = Synthetic.song("[verse] AY AY OW AY OW OW AY OW", beat: 12, seed: 77)
    let states = own.vocalPhones.states(one.vocal)
    #expect(own.pitch.offPitch(one.vocal, states: states).off == 0)
    // Every fourth sung frame goes to the other key.
    var other = one.vocal
    let sung = other.indices.filter { states[$0] != 0 }
    for frame in sung where frame % 4 == 0 { other[frame] += 4 }
    let off = own.pitch.offPitch(other, states: states)
    #expect(off.frames == sung.count && off.off == sung.count { $0 % 4 == 0 })
  }

  @Test func theFileKeepsWhatIsRead() throws {
    let bytes = try statistics.encoded()
    let read = try TokenStatistics(MappedFile(name: "s", copying: bytes))
    #expect(try statistics.encoded() == bytes)
    #expect(read.pitches == statistics.pitches && read.songs == 48)
    #expect(read.tagGroups.map(\.tags) == Synthetic.tags)
    let again = TokenReaders(read)
    let song = Synthetic.song(Synthetic.texts[2], beat: 16, female: false, seed: 8)
    #expect(again.vocalPhones.states(song.vocal) == readers.vocalPhones.states(song.vocal))
    #expect(again.tempo.beat(song.accompaniment) == 16)
  }

  @Test func damagedFilesAreRefused() throws {
    let whole = try statistics.encoded()
    for size in stride(from: 0, to: whole.count, by: 997) {
      #expect(throws: WeightsFailure.self) {
        try TokenStatistics(MappedFile(name: "s", copying: whole[..<size]))
      }
    }
    var random = Synthetic.Random(state: 5)
    for _ in 0..<400 {
      var bytes = whole
      for _ in 0..<1 + random.next(4) {
        // Mostly in the header.
        bytes[random.next(random.next(2) == 0 ? 6000 : bytes.count)] ^= UInt8(1 << random.next(8))
      }
      guard let read = try? TokenStatistics(MappedFile(name: "s", copying: bytes)) else { continue }
      // Whatever is taken can be worked with.
      let song = Synthetic.song(Synthetic.texts[0], beat: 10)
      _ = SongFigures(
        id: "x", song, phoneText: Synthetic.texts[0], words: 3, description: nil, stop: .eos,
        TokenReaders(read))
    }
    #expect(throws: WeightsFailure.self) {
      try TokenStatistics(MappedFile(name: "s", copying: Array("{\"a\":1}".utf8)))
    }
  }

  @Test func thereMustBeSomethingToCount() throws {
    #expect(throws: TokenReadingFailure.self) { try LabelledCounts(codes: 0, tags: []) }
    #expect(throws: TokenReadingFailure.self) { try LabelledCounts(codes: 9, tags: []).finished() }
    var counts = try LabelledCounts(codes: 9, tags: [])
    #expect(throws: TokenReadingFailure.self) {
      try counts.add(
        SongTokens(mixed: [1], vocal: [1], accompaniment: [1]), description: StyleTags(nil))
    }
    // Labels and tokens beyond what there is are passed over.
    try counts.add(
      SongTokens(
        mixed: [9, 1], vocal: [65_535, 1], accompaniment: [1, 1], phones: [40, 65_535],
        pitches: [9, 9]), description: StyleTags("x"))
    #expect(try counts.finished().songs == 1)
  }
}
