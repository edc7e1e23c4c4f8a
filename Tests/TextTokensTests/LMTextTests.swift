import Testing
import TextTokens

@Suite struct LMTextTests {
  private struct Case: Decodable {
    let item: ConditionCase.Item
    let version: String
    let genType: String
    let lyricsText: String?
    let styleText: String?
    let nullLyrics: String?
    let nullStyle: String?
    let autoPromptLang: String
  }

  /// The texts of 48 requests, compared scalar by scalar.
  @Test func casesOfTheReference() throws {
    let cases = try TextFixtures.decode("lelm/preprocess_cases.json", as: [Case].self)
    #expect(cases.count == 48)
    for example in cases {
      let text = LMText(
        lyrics: example.item.gtLyric, description: example.item.descriptions,
        accompanimentOnly: example.genType == "bgm",
        version: try #require(RequestVersion(rawValue: example.version)))
      #expect(same(text.lyrics, example.lyricsText))
      #expect(same(text.style, example.styleText), "\(example.item)")
      #expect(same(text.nullLyrics, example.nullLyrics))
      #expect(same(text.nullStyle, example.nullStyle))
      #expect(
        AutoPromptLanguage(lyrics: example.item.gtLyric)?.rawValue == example.autoPromptLang)
    }
  }

  private func same(_ one: String?, _ other: String?) -> Bool {
    one.map { Array($0.utf8) } == other.map { Array($0.utf8) }
  }

  /// Lower-casing where Unicode and context matter.
  @Test(arguments: [
    ("ΟΔΟΣ ΣΑΣ", "οδος σας"), ("Σ", "σ"), ("AΣ", "aς"), ("AΣB", "aσb"), ("A.Σ.", "a.ς."),
    ("AΣ'Β", "aσ'β"), ("İSTANBUL", "i\u{307}stanbul"), ("ǅ", "ǆ"), ("ẞ", "ß"), ("Å", "å"),
  ])
  func lowerCase(_ upper: String, _ lower: String) {
    let text = LMText(lyrics: "", description: upper, accompanimentOnly: false, version: .v1)
    #expect(same(text.style, lower))
  }

  @Test func emptyLyricsHaveNoLanguage() {
    #expect(AutoPromptLanguage(lyrics: "") == nil)
    #expect(AutoPromptLanguage(lyrics: "[a]") == .english)
    #expect(AutoPromptLanguage(lyrics: "一abcd") == .chinese)
    #expect(AutoPromptLanguage(lyrics: "一abcde") == .english)
  }
}
