import Lyrics
import SongStream
import Testing

@Suite struct HostileRequestsTests {
  private let good = Array(
    (#"{"idx":"a\u00e9","gt_lyric":"[intro-short] ; [verse] 花\ud83c\udfb5 \"one\" ; [chorus] two.","#
      + #""descriptions":"pop, the bpm is 90","x":[{"y":[1,"]}"]},-2.5e3,null,true]}"#).utf8)

  @Test func goodIsGood() {
    var checker = RequestChecker()
    #expect(checker.check(line: good, number: 1).request != nil)
  }

  /// Cut anywhere, any byte changed, random bytes: findings with places in the line, never a trap.
  @Test func damagedLines() {
    var random = FixedGenerator(state: 77)
    var refused = 0
    for round in 0..<6000 {
      var line = good
      switch round % 3 {
      case 0: line.removeSubrange((round / 3 % line.count)...)
      case 1:
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          line[Int.random(in: 0..<line.count, using: &random)] = UInt8.random(
            in: 0...255, using: &random)
        }
      default:
        line = (0..<Int.random(in: 0...60, using: &random)).map { _ in
          Array(#"{}[]":,\u0d8e1 ;.abc"#.utf8).randomElement(using: &random) ?? 0
        }
      }
      var options = RequestChecker.Options()
      options.repairs = round % 2 == 0
      var checker = RequestChecker(options)
      let result = checker.check(line: line, number: 3)
      if result.request == nil { refused += 1 }
      #expect((result.request == nil) == result.findings.contains { $0.severity == .error })
      for finding in result.findings {
        let column = Int(finding.place?.column ?? 0)
        #expect(finding.place?.line == 3 && (1...line.count + 1).contains(column))
        #expect(!finding.message.isEmpty && !finding.message.hasSuffix("."))
      }
      var plain = RequestChecker(options)
      _ = plain.check(plain: line, id: "x")
    }
    #expect(refused > 3000)
  }

  /// However a string is spelled, a finding in it has the column where the character is written.
  @Test func columns() throws {
    var random = FixedGenerator(state: 4)
    let spellings = [
      "a", "é", "花", "🎵", #"\u0061"#, #"\u82b1"#, #"\ud83c\udfb5"#, #"\""#, #"\\"#, #"\/"#,
      "e\u{301}",
      "'",
    ]
    for _ in 0..<300 {
      var line = #"{"x":[{"y":"\"]}"}],"idx":"a","gt_lyric":"[verse] "#
      for _ in 0..<Int.random(in: 0...20, using: &random) {
        line += spellings.randomElement(using: &random) ?? ""
      }
      let column = line.unicodeScalars.count + 1
      let isSpelled = Bool.random(using: &random)
      line += (isSpelled ? #"\uff0c"# : "，") + #"one."}"#
      var checker = RequestChecker()
      let findings = checker.check(line: Array(line.utf8), number: 9).findings
      let comma = try #require(findings.first { $0.rule == .punctuation })
      #expect(comma.place == Place(line: 9, column: column), "\(line)")
    }
  }

  @Test func size() {
    var checker = RequestChecker()
    let long =
      Array(#"{"idx":"a","gt_lyric":"[verse] "#.utf8)
      + [UInt8](repeating: UInt8(ascii: "a"), count: LyricsLimits.requestBytes) + Array("\"}".utf8)
    #expect(checker.check(line: long, number: 1).findings.map(\.rule) == [.size])
    let deep =
      Array(#"{"idx":"a","gt_lyric":"[verse] a.","x":"#.utf8)
      + [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(checker.check(line: deep, number: 1).findings.map(\.rule) == [.json])
    let wide =
      Array(#"{"idx":"b","gt_lyric":"[verse] a.","x":""#.utf8)
      + [UInt8](repeating: UInt8(ascii: "x"), count: 600_000) + Array("\"}".utf8)
    let result = checker.check(line: wide, number: 1)
    #expect(result.request == nil && result.findings.contains { $0.rule == .size })
  }

  /// Texts made to be slow to check.
  @Test(.timeLimit(.minutes(1)))
  func slowTexts() {
    for piece in ["[", "]", ";", "[x]", "[verse]", "，", " ", ".", "[verse] a ; ", "\u{301}", "Σ"] {
      let count = LyricsLimits.lyricsBytes / piece.utf8.count
      let text = JSONValue.string("[verse] a" + String(repeating: piece, count: count - 16))
      let line = Array(#"{"idx":"a","gt_lyric":"#.utf8) + text.encoded() + Array("}".utf8)
      for repairs in [false, true] {
        var options = RequestChecker.Options()
        options.repairs = repairs
        options.lengths = LengthLimits(
          model: "m", lyrics: 5, description: 5, countLyrics: { $0.utf8.count },
          countDescription: { $0.utf8.count })
        var checker = RequestChecker(options)
        let result = checker.check(line: line, number: 1)
        #expect(result.findings.count <= LyricsLimits.findings + 1)
      }
    }
  }
}
