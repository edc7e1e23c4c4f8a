import Corpus
import DefaultModel
import Lyrics
import Testing
import TextTokens
import Weights

/// The sounds, which take a moment to prepare.
private let maker = Result { SongMaker(try embeddedWords()) }

@Suite struct CorpusSongTests {
  /// Songs of all kinds.
  private func songs(_ seeds: Range<UInt64>) throws -> [CorpusSong] {
    let extents: [SongExtent] = [.words(2), .lines(2), .short, .song]
    return try seeds.map { seed in
      try maker.get().song(seed: seed, kind: extents[Int(seed % 4)])
    }
  }

  /// How much two stretches of the same length are alike: 1 if one is a multiple of the other.
  private func likeness(_ first: ArraySlice<Float>, _ second: ArraySlice<Float>) -> Double {
    var (product, left, right) = (0.0, 0.0, 0.0)
    for (a, b) in zip(first, second) {
      product += Double(a * b)
      left += Double(a * a)
      right += Double(b * b)
    }
    return product / max(1e-12, (left * right).squareRoot())
  }

  @Test func aHeldVowelIsSteady() throws {
    var held = 0
    for song in try songs(0..<24) {
      let labels = song.labels
      // Frames with the same phone on both sides, so that no fade reaches them.
      for frame in 1..<max(1, song.frames - 3) where labels.phone[frame] != 0 {
        let run = (frame - 1...frame + 3).allSatisfy { labels.ordinal[$0] == labels.ordinal[frame] }
        let isMonophthong = [1, 2, 3, 4, 11, 12, 17, 18, 33, 34].contains(labels.phone[frame])
        guard run, isMonophthong else { continue }
        let start = frame * Grid.hop
        let now = song.vocal[start..<start + Grid.hop]
        #expect(
          likeness(now, song.vocal[start + Grid.period..<start + Grid.period + Grid.hop]) > 0.9999)
        if labels.pitch[frame] % 2 == 0 {
          #expect(likeness(now, song.vocal[start + Grid.hop..<start + 2 * Grid.hop]) > 0.9999)
        }
        held += 1
      }
    }
    #expect(held > 500)
  }

  @Test func aHeldChordFitsTheGrid() throws {
    // Strings alone: an intro of a ballad.
    let style = SongStyle(
      voice: .female, genre: .ballad, mood: .happy, instrument: .strings, tempo: .bpm94)
    let plan = SongPlan(parts: [.init(.introMedium), .init(.verse, [["river"]])], style: style)
    let song = try maker.get().song(plan, seed: 1)
    for bar in 0..<2 {
      let first = (bar * style.tempo.bar + 8) * Grid.hop
      for start in stride(from: first, to: first + 40 * Grid.hop, by: Grid.hop) {
        let now = song.accompaniment[start..<start + Grid.hop]
        let later = song.accompaniment[start + Grid.period..<start + Grid.period + Grid.hop]
        #expect(likeness(now, later) > 0.9999)
      }
    }
  }

  @Test func labelsAgreeWithTheLyrics() throws {
    let file = try DefaultModel.directory().file(.lexicon)
    let labels = SectionLabel.allCases.map(\.rawValue)
    let frontEnd = try withExtendedLifetime(file) {
      try PhonemeFrontEnd(lexicon: file.bytes, labels: labels)
    }
    for song in try songs(100..<180) {
      let text = try #require(frontEnd.phonemes(song.plan.lyrics).text)
      let phones = text.split(separator: " ").filter { $0.allSatisfy(\.isUppercase) }
      var sung: [String] = []
      for (frame, ordinal) in song.labels.ordinal.enumerated() where ordinal != 0 {
        #expect((song.labels.phone[frame] == 0) == false)
        if Int(ordinal) == sung.count + 1 {
          sung.append(Phoneme.symbols[Int(song.labels.phone[frame]) - 1])
        } else {
          #expect(Int(ordinal) == sung.count)
        }
      }
      #expect(sung == phones.map(String.init))
      // As many lines, so that the front end has cut none in two.
      let lines = song.plan.parts.map { max(0, $0.lines.count - 1) }.reduce(0, +)
      #expect(text.count { $0 == "," } == lines)
    }
  }

  @Test func sectionsBeginAndEndAtBars() throws {
    for song in try songs(0..<40) {
      let bar = song.plan.style.tempo.bar
      #expect(song.frames % bar == 0)
      #expect(song.labels.section.first == 1)
      #expect(song.labels.section.last == UInt16(song.plan.parts.count))
      for frame in 1..<song.frames {
        let step = Int(song.labels.section[frame]) - Int(song.labels.section[frame - 1])
        #expect(step == 0 || step == 1 && frame % bar == 0)
      }
    }
  }

  @Test func songsAreAsLongAsTheirKind() throws {
    for seed in UInt64(0)..<20 {
      #expect((200...500).contains(try maker.get().song(seed: seed, kind: .short).frames))
      #expect((625...980).contains(try maker.get().song(seed: seed, kind: .song).frames))
    }
  }

  @Test func aSongIsAFunctionOfItsSeed() throws {
    let again = SongMaker(try embeddedWords())
    for seed in UInt64(5)..<8 {
      let (first, second) = try (
        maker.get().song(seed: seed, kind: .short), again.song(seed: seed, kind: .short)
      )
      #expect(first.vocal == second.vocal)
      #expect(first.accompaniment == second.accompaniment)
      #expect(first.labels == second.labels)
    }
  }

  @Test func levelsAreInBounds() throws {
    for song in try songs(0..<120) {
      #expect(song.vocal.count == song.frames * Grid.hop)
      #expect(song.accompaniment.count == song.vocal.count)
      let peak = song.vocal.reduce(0) { max($0, abs($1)) }
      #expect((0.35...0.65).contains(peak))
      let mix = zip(song.vocal, song.accompaniment).reduce(0) { max($0, abs($1.0 + $1.1)) }
      #expect(mix < 1)
    }
  }

  @Test func theVoiceRestsWhereNothingIsSung() throws {
    for song in try songs(0..<24) {
      for frame in 1..<song.frames - 1
      where (frame - 1...frame + 1).allSatisfy({ song.labels.phone[$0] == 0 }) {
        let start = frame * Grid.hop
        #expect(song.vocal[start..<start + Grid.hop].allSatisfy { $0 == 0 })
      }
    }
  }

  @Test func theBandTellsGenresInstrumentsAndSectionsApart() throws {
    func bars(_ genre: Genre, _ instrument: Instrument) throws -> [ArraySlice<Float>] {
      let style = SongStyle(
        voice: .male, genre: genre, mood: .happy, instrument: instrument, tempo: .bpm125)
      let parts: [SongPlan.Part] = [
        .init(.introShort), .init(.verse, [["river"]]), .init(.chorus, [["river"]]),
        .init(.bridge, [["river"]]), .init(.instrumentalShort), .init(.outroMedium),
      ]
      let song = try maker.get().song(SongPlan(parts: parts, style: style), seed: 1)
      let bar = style.tempo.bar * Grid.hop
      return (0..<6).map { song.accompaniment[$0 * bar..<($0 + 1) * bar] }
    }
    for genre in Genre.allCases {
      let sections = try bars(genre, .piano)
      for (index, section) in sections.enumerated() {
        for earlier in 0..<index {
          #expect(likeness(section, sections[earlier]) < 0.95, "\(genre): \(earlier), \(index)")
        }
      }
      for other in Genre.allCases where other != genre {
        #expect(likeness(sections[1], try bars(other, .piano)[1]) < 0.95)
      }
      #expect(likeness(sections[1], try bars(genre, .strings)[1]) < 0.95)
    }
  }

  @Test func aSongDiesAway() throws {
    for song in try songs(0..<24) {
      let last = song.accompaniment.suffix(Grid.hop / 2).reduce(0) { max($0, abs($1)) }
      let chord = song.accompaniment.suffix(2 * song.plan.style.tempo.beat * Grid.hop)
        .reduce(0) { max($0, abs($1)) }
      #expect(last < 0.05 * chord)
      #expect(chord > 0.02)
    }
  }

  @Test func aRepeatedChorusIsTheSameSong() throws {
    for seed in UInt64(0)..<8 {
      let song = try maker.get().song(seed: seed, kind: .song)
      let spans = song.plan.parts.indices.filter { song.plan.parts[$0].label == .chorus }.map {
        index in song.labels.section.indices.filter { song.labels.section[$0] == index + 1 }
      }
      guard spans.count == 2, let first = spans[0].first, let second = spans[1].first else {
        continue
      }
      // Up to the last bar, which may be the song's.
      let frames = spans[0].count - song.plan.style.tempo.bar
      #expect(
        song.labels.pitch[first..<first + frames] == song.labels.pitch[second..<second + frames])
    }
  }

  @Test func anyWordsCanBeSung() throws {
    let style = SongStyle(
      voice: .male, genre: .jazz, mood: .sad, instrument: .guitar, tempo: .bpm150)
    let odd = [
      ["xyzzy", "strengths"], ["", "🎵", "hmm", "shh"], ["mississippi", "antidisestablish"],
    ]
    let plan = SongPlan(parts: [.init(.bridge, odd), .init(.silence)], style: style)
    let song = try maker.get().song(plan, seed: 3)
    #expect(song.labels.phone.contains { $0 != 0 })
    let long = SongPlan(
      parts: [.init(.verse, Array(repeating: ["river"], count: 100))], style: style)
    #expect(throws: CorpusFailure.self) { try maker.get().song(long, seed: 3) }
  }
}
