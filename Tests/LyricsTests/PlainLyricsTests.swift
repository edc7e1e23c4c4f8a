import Lyrics
import Testing

@Suite struct PlainLyricsTests {
  @Test(arguments: [
    (
      "[verse]\nMorning light\nWe walk\n\n[chorus]\nSing",
      "[verse] Morning light. We walk. ; [chorus] Sing."
    ),
    (
      "\u{FEFF}[intro-short]\r\n[verse]\r\n  Hold me,\r\nplease!\r\n",
      "[intro-short] ; [verse] Hold me, please!"
    ),
    ("[verse]\n花开\n花落\n[outro-short]", "[verse] 花开.花落 ; [outro-short]"),
    ("[verse]\n雪の華\nlove you\nさよなら", "[verse] 雪の華.love you. さよなら"),
    ("[verse] One ; [chorus] Two", "[verse] One. ; [chorus] Two."),
    ("[verse]\n¿Qué pasa\ncorazón?", "[verse] ¿Qué pasa. corazón?"),
  ])
  func lines(_ text: String, _ lyrics: String) throws {
    var checker = RequestChecker()
    let result = checker.check(plain: Array(text.utf8), id: "walk")
    let request = try #require(result.request)
    #expect(result.findings.isEmpty, "\(result.findings)")
    #expect(request.lyrics == lyrics)
    #expect(request.id == "walk")
  }

  /// A finding in a line knows its line, also when lines end with CR LF.
  @Test(arguments: ["\n", "\r\n"])
  func places(_ end: String) throws {
    var checker = RequestChecker()
    let text = ["[verse]", "One two", " three，four", "[chorus]", "five"].joined(separator: end)
    let findings = checker.check(plain: Array(text.utf8), id: "a").findings
    #expect(findings.map(\.place) == [Place(line: 3, column: 7)])
  }

  @Test func twoSongsOfOneName() {
    var checker = RequestChecker()
    let text = Array("[verse] One.".utf8)
    #expect(checker.check(plain: text, id: "a").request != nil)
    #expect(checker.check(plain: text, id: "a").findings.map(\.rule) == [.id])
  }

  @Test func tooLong() {
    var checker = RequestChecker()
    let line = Array("la la la\n".utf8)
    for count in [8_000, 200_000] {
      let text = Array("[verse]\n".utf8) + Array(repeatElement(line, count: count).joined())
      #expect(checker.check(plain: text, id: "\(count)").findings.map(\.rule) == [.size])
    }
  }
}
