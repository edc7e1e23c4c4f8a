import Testing
import TextTokens

@Suite struct ConditionRowsTests {
  private func pad(_ rows: [[Int32]], _ length: Int, with padding: Int32) -> [[Int32]] {
    rows.map { $0 + [Int32](repeating: padding, count: length - $0.count) }
  }

  /// Ids, section numbers, counts and cutting of whole requests, both versions.
  @Test func requestsOfTheReference() throws {
    let cases = try TextFixtures.decode("text/conditions.json", as: [ConditionCase].self)
    #expect(cases.count == 9)
    for example in cases { try check(example, base: TextFixtures.tokenizer()) }
  }

  private func check(_ example: ConditionCase, base: Tokenizer) throws {
    let version = try #require(RequestVersion(rawValue: example.version))
    let text = LMText(
      lyrics: example.item.gtLyric, description: example.item.descriptions,
      accompanimentOnly: example.genType == "bgm", version: version)
    let lyrics = try LyricsTokenizer(
      base: base, labels: TextFixtures.labels, version: version, maxLength: example.lyricsLength
    ).rows(text)
    #expect(
      lyrics.ids == pad(example.lyricsIds, example.lyricsLength, with: base.endOfText))
    #expect(lyrics.structure == pad(example.structure, example.lyricsLength, with: 0))
    #expect(lyrics.counts == example.lyricsCount)
    #expect(lyrics.isCut == (example.lyricsCount[0] > example.lyricsLength))
    let style = try StyleTokenizer(
      base: base, version: version, maxLength: example.styleLength
    ).rows(text)
    #expect(style.ids == pad(example.styleIds, example.styleLength, with: base.endOfText))
    #expect(style.structure.allSatisfy { $0.allSatisfy { $0 == 0 } })
    #expect(style.counts == example.styleCount)
  }

  /// Padding tokens written in the lyrics shorten the last section by as many places.
  @Test func paddingInsideTheText() throws {
    let base = try TextFixtures.tokenizer()
    let lyrics = try LyricsTokenizer(
      base: base, labels: TextFixtures.labels, version: .v1, maxLength: 8)
    let text = LMText(
      lyrics: "[chorus]<|endoftext|>a<|endoftext|>b", description: nil, accompanimentOnly: false,
      version: .v1)
    #expect(lyrics.rows(text).structure[0] == [0, 2, 2, 2, 0, 0, 0, 0])
  }

  @Test(arguments: [0, -1, 65537, Int.max, Int.min])
  func impossibleLength(_ length: Int) throws {
    let base = try TextFixtures.tokenizer()
    #expect(throws: TextFailure.self) {
      try LyricsTokenizer(base: base, labels: [], version: .v1, maxLength: length)
    }
    #expect(throws: TextFailure.self) {
      try StyleTokenizer(base: base, version: .v1, maxLength: length)
    }
  }
}
