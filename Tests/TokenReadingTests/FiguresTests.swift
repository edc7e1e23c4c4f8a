import SongStream
import Testing
import TokenReading

@Suite struct FiguresTests {
  let readers: TokenReaders

  init() throws { readers = TokenReaders(try Synthetic.statistics()) }

  private func figures(
    _ song: SongTokens, _ text: String, words: Int = 9, description: String? = nil,
    stop: StopReason = .eos
  ) -> SongFigures {
    SongFigures(
      id: "song", song, phoneText: text, words: words, description: description, stop: stop,
      readers)
  }

  private func cut(_ song: SongTokens, _ frames: Int) -> SongTokens {
    SongTokens(
      mixed: Array(song.mixed.prefix(frames)), vocal: song.vocal,
      accompaniment: song.accompaniment)
  }

  @Test func aSongAsAskedHasNoFaults() {
    let text = Synthetic.texts[1]
    let result = figures(
      Synthetic.song(text, beat: 12, seed: 40), text,
      description: Synthetic.description(beat: 12, pop: true))
    #expect(result.vocalErrors.errors == 0 && result.vocalErrors.phones == 15)
    #expect(result.heardBeat == 12 && result.barsTooLong == 0 && result.endsRight == true)
    #expect(result.tags.values.allSatisfy(\.isRight) && result.tags.count == 2)
    #expect(result.instrumentalFrames == 3 * 48 && result.silentFrames == 3 * 48)
    #expect(result.borders == 3 && result.rightBorders == 3)
    #expect(result.defects.score == 1)
    #expect(result.kind == "short")
  }

  @Test func faultsAreSeen() {
    let text = Synthetic.texts[1]
    let song = Synthetic.song(text, beat: 12, female: false, pop: false, seed: 41)
    let other = figures(
      cut(song, song.count - 100), text, description: "female, pop, the bpm is 150")
    #expect(other.heardBeat == 12 && other.askedBeat == 10)
    #expect(other.tags["female"]?.heard == "male" && other.tags["pop"]?.heard == "rock")
    #expect(other.endsRight == false || (other.barsTooLong ?? 0) > 1)
    let short = figures(cut(song, song.count - 50), text, description: "the bpm is 125")
    #expect(abs((short.barsTooLong ?? 0) + 50.0 / 48) < 1e-9 && short.endsRight == false)
    let near = figures(cut(song, song.count - 40), text, description: "the bpm is 125")
    #expect(near.endsRight == true)
    let cutOff = figures(song, text, description: "the bpm is 125", stop: .max)
    #expect(cutOff.endsRight == false, "a song that was cut does not end")
    // The instrumental bars are sung.
    let sung = figures(
      Synthetic.song("[verse] AY AY AY AY , AY AY AY AY , AY AY AY AY", beat: 12, seed: 4),
      "[inst-short] ; [verse] AY AY AY AY ; [outro-short]", description: "the bpm is 125")
    #expect(sung.silentFrames < sung.instrumentalFrames && sung.rightBorders < sung.borders)
  }

  @Test func kindsAreTold() {
    let word = Synthetic.song("[verse] W AO K", beat: 12)
    #expect(figures(word, "[verse] W AO K", words: 1).kind == "1-2 words")
    #expect(figures(word, "[verse] W AO K", words: 5).kind == "3-5 words")
    #expect(figures(word, "[verse] W AO K", words: 6).kind == "lines")
    let long = "[verse] W AO K" + String(repeating: " ; [inst-long]", count: 4)
    #expect(figures(word, long, description: "the bpm is 125").kind == "song")
  }

  @Test func defectsAreSeenOneByOne() {
    let text = "[verse] S IH L V ER , M AO N ; [verse] S IH L V ER , M AO N"
    let whole = Synthetic.song(text, beat: 12, seed: 6)
    #expect(figures(whole, text).defects.score == 1)
    let stuttered = Synthetic.song(
      "[verse] S IH L S IH L , M AO M AO ; [verse] S IH L V ER , M AO N", beat: 12, seed: 6)
    #expect(figures(stuttered, text).defects.stutter > 0.1)
    #expect(figures(stuttered, text).defects.unlike > 0.05)
    var held = whole.vocal
    for frame in 3..<90 { held[frame] = held[3] }
    #expect(
      figures(
        SongTokens(mixed: held, vocal: held, accompaniment: whole.accompaniment), text
      ).defects.held > 0.3)
    let silent = Array(repeating: UInt16(0), count: whole.count)
    let nothing = figures(
      SongTokens(mixed: silent, vocal: silent, accompaniment: whole.accompaniment), text)
    #expect(nothing.defects.silent == 1 && nothing.vocalErrors.rate == 1)
    let other = Synthetic.song(text, beat: 12, pop: false, seed: 6).accompaniment
    let half = Array(whole.accompaniment.prefix(whole.count / 3)) + other.dropFirst(whole.count / 3)
    #expect(
      figures(SongTokens(mixed: whole.mixed, vocal: whole.vocal, accompaniment: half), text)
        .defects.wandering > 0.1)
  }

  @Test func sumsArePooled() {
    var summary = FiguresSummary()
    #expect(summary.vocalErrors.rate == nil && summary.tempo.value == nil)
    let text = "[verse] S IH L V ER"
    let song = Synthetic.song(text, beat: 12, seed: 2)
    summary.add(figures(song, text, description: "female, the bpm is 125"))
    summary.add(figures(song, "[verse] S IH L", description: "male, the bpm is 150"))
    #expect(summary.songs == 2 && summary.vocalErrors == PhoneErrors(errors: 2, phones: 8))
    #expect(summary.tags["female"] == .init(right: 1, of: 2))
    #expect(summary.json["phone_error"] == 0.25)
  }

  @Test func emptySongsAreMeasured() {
    let empty = SongTokens(mixed: [], vocal: [], accompaniment: [])
    let result = figures(empty, "[verse] S IH L", description: "female, pop, the bpm is 125")
    #expect(result.vocalErrors.rate == 1 && result.heardBeat == nil && result.vowelFrames == 0)
    #expect(result.tags["female"]?.heard == nil && result.endsRight == true)
  }
}

@Suite struct PreferencePairsTests {
  @Test func theBestStandsAgainstTheWorst() {
    let scores: [Double?] = [0.5, 0.9, nil, 0.1, 0.6]
    let pairs = PreferencePairs.choose(scores, margin: 0.1, most: 9)
    #expect(pairs.map(\.win) == [1, 4] && pairs.map(\.lose) == [3, 0])
    #expect(PreferencePairs.choose(scores, margin: 0.2, most: 9).count == 1)
    #expect(PreferencePairs.choose(scores, margin: 0.1, most: 1).count == 1)
    #expect(PreferencePairs.choose(scores, margin: 0.81, most: 9).isEmpty)
  }

  @Test func equalSongsAreNoPair() {
    #expect(PreferencePairs.choose([0.5, 0.5, 0.5], margin: 0, most: 9).isEmpty)
    #expect(PreferencePairs.choose([], margin: 0, most: 9).isEmpty)
    #expect(PreferencePairs.choose([nil, 1], margin: 0, most: 9).isEmpty)
  }
}
