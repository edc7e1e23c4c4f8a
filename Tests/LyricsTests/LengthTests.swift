import Lyrics
import Testing

@Suite struct LengthTests {
  /// A model that reads `lyrics` words and two words of description.
  private func findings(_ lyrics: Int, _ line: String) -> [Finding] {
    var options = RequestChecker.Options()
    options.lengths = LengthLimits(
      model: "small", lyrics: lyrics, description: 2,
      countLyrics: { $0.split(separator: " ").count },
      countDescription: { $0.split(separator: " ").count })
    var checker = RequestChecker(options)
    return checker.check(line: Array(line.utf8), number: 1).findings
  }

  private let song =
    #"{"idx":"a","gt_lyric":"[verse] one two. ; [chorus] three. ; [outro-short]"}"#

  @Test func longEnough() {
    #expect(findings(8, song).isEmpty)
  }

  @Test(arguments: [
    (7, 61, "3 '[outro-short]'"), (6, 61, "3 '[outro-short]'"), (5, 43, "2 '[chorus]'"),
    (3, 43, "2 '[chorus]'"),
    (2, 24, "1 '[verse]'"), (1, 24, "1 '[verse]'"),
  ])
  func sectionThatIsLost(_ limit: Int, _ column: Int, _ section: String) throws {
    let finding = try #require(findings(limit, song).first)
    #expect(finding.rule == .length && finding.severity == .warning)
    #expect(finding.place == Place(line: 1, column: column))
    #expect(
      finding.message
        == "the lyrics are 8 tokens, model 'small' reads \(limit): the end is lost from section \(section) on"
    )
  }

  @Test func description() {
    let line = #"{"idx":"a","gt_lyric":"[verse] one.","descriptions":"pop, sad, piano"}"#
    #expect(
      findings(9, line).map(\.message) == [
        "the description is 3 tokens, model 'small' reads 2: its end is lost"
      ])
  }
}
