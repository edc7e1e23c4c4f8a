import Lyrics
import SongStream
import Testing

@Suite struct RepairTests {
  private func check(
    lyrics: String, description: String? = nil, repairs: Bool
  ) -> RequestChecker.Result {
    var options = RequestChecker.Options()
    options.repairs = repairs
    var checker = RequestChecker(options)
    var request: [String: JSONValue] = ["idx": "a", "gt_lyric": .string(lyrics)]
    if let description { request["descriptions"] = .string(description) }
    return checker.check(line: JSONValue.object(request).encoded(), number: 1)
  }

  @Test(arguments: [
    (
      "[intro-short];[verse]One two;[chorus]  Three，four",
      "[intro-short] ; [verse] One two. ; [chorus] Three,four."
    ),
    ("[Verse] 花开。花落。 ; [OUTRO SHORT]", "[verse] 花开.花落 ; [outro-short]"),
    (
      "[verse] One\ntwo,\r\n\nthree ; ; [chorus] four；five ;",
      "[verse] One. two, three. ; [chorus] four. five."
    ),
    ("【verse】Don’t “go”…", "[verse] Don't \"go\"..."),
    ("[verse]\u{3000}花\u{200B}开\n花落. . ", "[verse] 花开.花落"),
    ("[verse] Привет ; [chorus] 안녕.", "[verse] Привет ; [chorus] 안녕"),
    ("[verse] One , [chorus] Two:", "[verse] One. ; [chorus] Two."),
    ("[verse] One", "[verse] One."),
    ("[verse] One.", "[verse] One."),
  ])
  func lyrics(_ given: String, _ repaired: String) throws {
    let request = try #require(check(lyrics: given, repairs: true).request)
    #expect(Array(request.lyrics.utf8) == Array(repaired.utf8), "\(request.lyrics)")
  }

  @Test(arguments: [
    ("female，pop；sad", "female, pop, sad"), ("pop,, Pop , sad.", "pop, sad."),
    ("120 BPM, the bpm is 120", "the bpm is 120"), ("Tempo: 96", "the bpm is 96"),
    ("soft  rock\nloud", "soft rock, loud"), ("pop, sad", "pop, sad"),
  ])
  func description(_ given: String, _ repaired: String) throws {
    let result = check(lyrics: "[verse] One.", description: given, repairs: true)
    #expect(result.request?.description == repaired)
  }

  @Test(arguments: ["", " ", ",", " ; .", "\n"])
  func emptyDescription(_ given: String) throws {
    let result = check(lyrics: "[verse] One.", description: given, repairs: true)
    #expect(try #require(result.request).description == nil)
  }

  /// Any text: nothing is left that could be repaired, and a second repair changes nothing.
  @Test func anyText() {
    var random = FixedGenerator(state: 21)
    let pieces = [
      "[verse]", "[Chorus]", "[intro-short]", "[outro long]", "[x]", "[", "]", "【", "】", ";", "；",
      " ; ",
      ".", "。", "…", ",", "，", ":", "\"", "“", "’", "!", "one", "two", "花", "开", "ひ", "한", "Привет",
      "é", " ", " ", "  ", "\n", "\r\n", "\t", "\u{A0}", "\u{200B}", "\u{7}", "Ａ", "7", "🎵",
      "\u{301}",
      "120", "bpm", "the bpm is 9", "pop", "is", "a", "|", "-",
    ]
    for round in 0..<4000 {
      let lyrics = text(&random, pieces)
      let description = text(&random, pieces)
      let first = check(lyrics: "[verse] a. ; " + lyrics, description: description, repairs: true)
      #expect(
        !first.findings.contains { $0.isRepairable },
        "\(round): \(lyrics.debugDescription) \(description.debugDescription) \(first.findings)")
      guard let request = first.request else { continue }
      let second = check(
        lyrics: request.lyrics, description: request.description, repairs: true)
      #expect(second.repaired == 0)
      #expect(second.request?.lyrics.utf8.elementsEqual(request.lyrics.utf8) == true)
      #expect(second.request?.description == request.description)
    }
  }

  private func text(_ random: inout FixedGenerator, _ pieces: [String]) -> String {
    (0..<Int.random(in: 0...12, using: &random))
      .compactMap { _ in pieces.randomElement(using: &random) }.joined()
  }

  /// Without `repairs` nothing is changed, whatever is found.
  @Test func nothingUnasked() throws {
    let lyrics = "[verse]One  two；；three ;[chorus] Four"
    #expect(check(lyrics: lyrics, repairs: false).request?.lyrics == lyrics)
  }
}

/// A small generator with a fixed start, so that a failure repeats.
struct FixedGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
