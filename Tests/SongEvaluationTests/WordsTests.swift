import Foundation
import SongEvaluation
import TestSupport
import Testing
import TextTokens

@Suite struct WordsTests {
  private func lexicon() throws -> PhonemeFrontEnd {
    try PhonemeFrontEnd(
      lexicon: Array("silver S IH L V ER\nwalk W AO K\nwolf W UH L F\ntwo T UW\n".utf8),
      labels: ["[verse]", "[chorus]"])
  }

  @Test func editErrorsAreCounted() {
    #expect(EditErrors(found: [1, 2, 3], expected: [1, 2, 3]).errors == 0)
    #expect(EditErrors(found: [1, 3], expected: [1, 2, 3]).errors == 1)
    #expect(EditErrors(found: [1, 9, 2, 3], expected: [1, 2, 3]).errors == 1)
    #expect(EditErrors(found: Array("kitten"), expected: Array("sitting")).errors == 3)
    #expect(EditErrors(found: [Int](), expected: [1, 2]).rate == 1)
    #expect(EditErrors(found: [7, 8], expected: [Int]()).rate == nil)
    #expect(EditErrors(found: [7, 8], expected: [1, 2]).rate == 1)
  }

  @Test func wordsAndPhones() throws {
    let hearing = LyricsHearing(
      heard: "silver\nwolf two ", lyrics: "[verse] Silver walk, 2 ; [chorus]",
      pronouncing: try lexicon())
    #expect(hearing.heard == ["silver", "wolf", "two"])
    #expect(hearing.words.errors == 1 && hearing.words.expected == 3)
    // W AO K to W UH L F: two other phones and one more.
    #expect(hearing.phones.errors == 3 && hearing.phones.expected == 10)
  }

  @Test func aRecogniserIsAnyCommand() throws {
    let scratch = try Scratch()
    let path = try scratch.write(Array("silver walk".utf8), to: "it's a $(song).wav")
    #expect(try Recogniser(command: "cat").words(in: path) == "silver walk")
    #expect(try Recogniser(command: "printf '%s ' wolf; cat").words(in: path) == "wolf silver walk")
  }

  @Test func aRecogniserMayFail() throws {
    let path = "/nonexistent"
    for command in ["false", "exit 3;", "no-such-program-of-words", "kill -9 $$;", "yes"] {
      #expect(throws: RecogniserFailure.self, "\(command)") {
        try Recogniser(command: command, patience: 20).words(in: path)
      }
    }
    #expect(throws: RecogniserFailure.self) {
      try Recogniser(command: "sleep 30;", patience: 1).words(in: path)
    }
  }
}
