import Testing
import TextTokens

@Suite struct PhonemeFrontEndTests {
  private let frontEnd: PhonemeFrontEnd

  init() throws {
    frontEnd = try PhonemeFrontEnd(
      lexicon: TextFixtures.bytes("text/lexicon.txt"), labels: TextFixtures.labels)
  }

  private func text(_ lyrics: String) throws -> String {
    try #require(frontEnd.phonemes(lyrics).text)
  }

  @Test(arguments: [
    (
      "[intro-short] ; [verse] Silver morning.Walk",
      "[intro-short] ; [verse] S IH L V ER M AO R N IH NG , W AO K"
    ),
    (
      "[verse]\nwalk,\nhold me!\n\n[outro-short]\n",
      "[verse] W AO K , HH OW L D M IY ; [outro-short]"
    ),
    ("[verse] walk, hold me.", "[verse] W AO K HH OW L D M IY"),
    ("[verse] walk[chorus]walk", "[verse] W AO K ; [chorus] W AO K"),
    ("[verse] walk ; walk again", "[verse] W AO K , W AO K AH G EH N"),
    ("walk", "W AO K"), ("", ""), (" ; ; ", ""), ("[silence]", "[silence]"),
    ("I'm 21, don’t WAIT", "AY M T W EH N T IY W AH N D OW N T W EY T"),
    ("songs hopes boxes skies", "S AO NG Z HH OW P S B AA K S AH Z S K AY Z"),
    (
      "walked waited hoped singing singin' stopping",
      "W AO K T W EY T IH D HH OW P T , S IH NG IH NG S IH NG IH N S T AA P IH NG"
    ),
    ("river's rain'll", "R IH V ER Z R EY N L"),
    ("Wälk cïty", "W AO K S IH T IY"),
  ])
  func words(_ lyrics: String, _ phones: String) throws {
    #expect(try text(lyrics) == phones)
    #expect(frontEnd.phonemes(lyrics).warnings.isEmpty)
  }

  /// What is in phones already passes as it is, and so does the result of every conversion.
  @Test(arguments: [
    "[intro-short] ; [verse] S IH L V ER M AO R N IH NG AA N DH AH R IH V ER , W AO K AH L AO NG ; [outro-short]",
    "[verse] S AH M ER , AA AA AA AA AA AA AA AA AA AA AA AA AA AA AA AA",
    "[inst-short] ; [silence]", "AH",
  ])
  func phonesPass(_ phones: String) throws {
    #expect(try text(phones) == phones)
  }

  /// A line that is too long is cut at a comma, else near its middle, at the ends of words.
  @Test(arguments: [
    ("walk walk walk walk walk walk walk walk", 1),
    ("walk walk walk walk walk walk walk walk walk", 2),
    ("a river in the summer rain, along the golden road again to sing your song", 3),
    ("river river river river river river river river", 2),
  ])
  func longLines(_ lyrics: String, _ lines: Int) throws {
    let result = try text(lyrics).split(separator: " , ", omittingEmptySubsequences: false)
    #expect(result.count == lines)
    for line in result {
      #expect(line.split(separator: " ").count { "AEIOU".contains($0.prefix(1)) } <= 8)
    }
  }

  @Test func commaDecides() throws {
    #expect(
      try text("hold me, walk walk walk walk walk walk walk")
        == "HH OW L D M IY , W AO K W AO K W AO K W AO K W AO K W AO K W AO K")
  }

  @Test func whatCannotBeSung() {
    let result = frontEnd.phonemes(
      "[Verse] walk [x] 夜色温柔.walk привет \(String(repeating: "a", count: 99))")
    #expect(result.text == "W AO K , W AO K")
    #expect(
      result.warnings == [
        "unknown label '[Verse]': left out", "unknown label '[x]': left out",
        "'夜色温柔' is not in Latin letters: left out", "'привет' is not in Latin letters: left out",
        "a word of 99 letters is too long to sing: left out",
      ])
  }

  @Test func warningsAreFew() {
    let many = (0..<500).map { "文\($0)" }.joined(separator: " ")
    #expect(frontEnd.phonemes(many).warnings.count <= 13)
  }

  /// The rules alone: at most 12 % of the phones wrong on a sample of the lexicon.
  @Test func rulesAlone() throws {
    let rules = try PhonemeFrontEnd(lexicon: [UInt8](), labels: [])
    var wrong = 0
    var all = 0
    for line in String(decoding: try TextFixtures.bytes("text/lexicon.txt"), as: UTF8.self)
      .split(separator: "\n")
    {
      let fields = line.split(separator: " ").map(String.init)
      wrong += distance(rules.phonemes(ofWord: fields[0]), Array(fields.dropFirst()))
      all += fields.count - 1
      #expect(frontEnd.phonemes(ofWord: fields[0]) == Array(fields.dropFirst()))
    }
    let rate = Double(wrong) / Double(all)
    print("letter to sound: \(wrong) of \(all) phones wrong, \(rate)")
    #expect(all > 2000 && rate < 0.12)
  }

  private func distance(_ one: [String], _ other: [String]) -> Int {
    var row = Array(0...other.count)
    for (index, item) in one.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in other.indices {
        let next = min(
          row[column] + 1, row[column + 1] + 1, diagonal + (item == other[column] ? 0 : 1))
        (diagonal, row[column + 1]) = (row[column + 1], next)
      }
    }
    return row[other.count]
  }

  @Test(arguments: ["walk", "walk ", " W", "walk XX", "walk W-", "wälk W"])
  func badLexicon(_ text: String) {
    #expect(throws: TextFailure.self) {
      try PhonemeFrontEnd(lexicon: Array(text.utf8), labels: [])
    }
  }

  /// Anything: only labels, phones, commas and semicolons come out, and it passes again unchanged.
  @Test func anyText() throws {
    var random = FixedGenerator(state: 3)
    let pieces = [
      "[verse]", "[", "]", " ; ", ".", ",", "walk", "queue", "'", "’s", "7", "2026", "文", "é", "\n",
      "—", "🎵", "\u{0}", "x", "rhythm", " ", " ", " ",
    ]
    for _ in 0..<500 {
      let lyrics = (0..<Int.random(in: 0...40, using: &random))
        .compactMap { _ in pieces.randomElement(using: &random) }.joined()
      let phones = try text(lyrics)
      for word in phones.split(separator: " ") {
        let isPhone = (1...2).contains(word.count) && word.allSatisfy { ("A"..."Z").contains($0) }
        #expect(isPhone || word == "," || word == ";" || word == "[verse]", "\(lyrics)")
      }
      #expect(try text(phones) == phones, "\(lyrics.debugDescription)")
    }
  }
}
