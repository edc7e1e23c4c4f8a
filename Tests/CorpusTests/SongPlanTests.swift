import Corpus
import DefaultModel
import Lyrics
import Testing
import TextTokens
import Weights

/// The lexicon of the embedded model.
func embeddedWords() throws -> PronouncedWords {
  let file = try DefaultModel.directory().file(.lexicon)
  return try withExtendedLifetime(file) { try PronouncedWords(lexicon: file.bytes) }
}

@Suite struct SongPlanTests {
  @Test func heldOutWordsAreKeptBack() throws {
    let lists = try embeddedWords().lists
    #expect((350...450).contains(lists.heldOut.count))
    #expect(lists.train.count > 6000)
    #expect(Set(lists.train).isDisjoint(with: lists.heldOut))

    let maker = SongPlanner(try embeddedWords())
    for seed in UInt64(0)..<50 {
      let train = try maker.plan(seed: seed, kind: .short)
      #expect(train.parts.allSatisfy { $0.lines.joined().allSatisfy { !WordLists.isHeldOut($0) } })
      let test = try maker.plan(seed: seed, kind: .short, heldOut: true)
      #expect(test.parts.allSatisfy { $0.lines.joined().allSatisfy { WordLists.isHeldOut($0) } })
    }
  }

  @Test func theWordsThatAreKeptBackStayTheSame() {
    let words = ["river", "silver", "golden", "road", "summer", "rain", "song", "walk"]
    #expect(words.filter(WordLists.isHeldOut) == [])
  }

  @Test func aPlanIsAFunctionOfItsSeed() throws {
    let maker = SongPlanner(try embeddedWords())
    let first = try maker.plan(seed: 7, kind: .song)
    #expect(try maker.plan(seed: 7, kind: .song) == first)
    #expect(try maker.plan(seed: 8, kind: .song) != first)
  }

  @Test func aChorusComesBackWithItsWords() throws {
    let maker = SongPlanner(try embeddedWords())
    for seed in UInt64(0)..<50 {
      let plan = try maker.plan(seed: seed, kind: .song)
      let choruses = plan.parts.filter { $0.label == .chorus }.map(\.lines)
      #expect(Set(choruses).count == 1)
    }
  }

  @Test func noLexiconNoSong() throws {
    let empty = SongPlanner(
      try PronouncedWords(lexicon: UnsafeRawBufferPointer(start: nil, count: 0)))
    #expect(throws: CorpusFailure.self) { try empty.plan(seed: 1, kind: .short) }
  }
}
