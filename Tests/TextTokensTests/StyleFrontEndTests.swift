import Testing
import TextTokens

@Suite struct StyleFrontEndTests {
  private let frontEnd = StyleFrontEnd(
    tags: [["female", "male"], ["pop", "rock", "ballad", "slow waltz"], ["happy", "sad"]],
    bpm: [150, 125, 107], temposOfTag: ["ballad": [107], "rock": [150, 125]])

  @Test(arguments: [
    ("female, pop, happy, the bpm is 125", "female, pop, happy, the bpm is 125"),
    ("happy, Pop, FEMALE.", "female, pop, happy"),
    ("a sad ballad with a female voice", "female, ballad, sad"),
    ("the bpm is 107, male", "male, the bpm is 107"),
    ("Slow Waltz", "slow waltz"),
  ])
  func known(_ description: String, _ style: String) {
    #expect(frontEnd.style(description) == FrontEndResult(text: style, warnings: []))
  }

  @Test(arguments: [
    (
      "female, pop, the bpm is 94", "female, pop, the bpm is 107",
      "tempo 94 becomes 107, the nearest known"
    ),
    ("rock, 90 bpm", "rock, the bpm is 125", "tempo 90 becomes 125, the nearest known"),
    ("pop, rock", "pop", "'rock' and 'pop' exclude each other: 'rock' is left out"),
    ("dark, sad", "sad", "'dark' is not known to this model: left out"),
    ("sad, the bpm is fast", "sad", "'the bpm is fast' names no tempo: left out"),
    (
      "sad, the bpm is 99999999999999999999", "sad",
      "'the bpm is 99999999999999999999' names no tempo: left out"
    ),
  ])
  func changed(_ description: String, _ style: String, _ warning: String) {
    #expect(frontEnd.style(description) == FrontEndResult(text: style, warnings: [warning]))
  }

  @Test func nothingLeft() {
    #expect(frontEnd.style("").text == nil)
    #expect(frontEnd.style("dubstep, piano").text == nil)
    let none = StyleFrontEnd(tags: [], bpm: [])
    #expect(none.style("pop, the bpm is 9").text == nil)
    #expect(none.style("pop, the bpm is 9").warnings.count == 2)
  }

  /// The result passes again unchanged.
  @Test func stable() {
    var random = FixedGenerator(state: 8)
    let pieces = [
      "female", "male", "pop", "rock", "sad", ", ", ",", " ", "the bpm is ", "1", "40", "x",
    ]
    for _ in 0..<300 {
      let text = (0..<20).compactMap { _ in pieces.randomElement(using: &random) }.joined()
      guard let style = frontEnd.style(text).text else { continue }
      #expect(frontEnd.style(style) == FrontEndResult(text: style, warnings: []), "\(text)")
    }
  }
}
