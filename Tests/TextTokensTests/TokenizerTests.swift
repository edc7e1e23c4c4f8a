import Foundation
import Testing
import TextTokens

@Suite struct TokenizerTests {
  /// Every text of the reference's cases, under the four sets of added tokens of the two versions.
  @Test func casesOfTheReference() throws {
    try check(
      TextFixtures.decode("lelm/base/tokenizer_cases.json", as: TokenizerCases.self),
      base: TextFixtures.tokenizer())
  }

  private func check(_ cases: TokenizerCases, base: Tokenizer) throws {
    #expect(cases.cases.count > 40)
    for version in RequestVersion.allCases {
      let lyrics = try LyricsTokenizer(
        base: base, labels: TextFixtures.labels, version: version, maxLength: 300)
      let style = try StyleTokenizer(base: base, version: version, maxLength: 50)
      for (name, tokenizer) in [("lyrics", lyrics.tokenizer), ("style", style.tokenizer)] {
        let kind = try #require(cases.kinds["\(name)_\(version.rawValue)"])
        #expect(tokenizer.rows == kind.rows)
        for (token, id) in kind.added { #expect(tokenizer.id(ofAdded: token) == id) }
      }
      for example in cases.cases {
        let second = version == .v2
        #expect(
          lyrics.tokenizer.encode(example.text) == (second ? example.lyricsV2 : example.lyricsV1),
          "lyrics \(version): \(example.text.debugDescription)")
        #expect(
          style.tokenizer.encode(example.text) == (second ? example.styleV2 : example.styleV1),
          "style \(version): \(example.text.debugDescription)")
      }
    }
  }

  /// With the configuration left out the special tokens follow the vocabulary.
  @Test func configurationMayBeMissing() throws {
    let base = try TextFixtures.tokenizer()
    let bare = try Tokenizer(
      vocabulary: TextFixtures.bytes("lelm/base/tokenizer/vocab.json"),
      merges: TextFixtures.bytes("lelm/base/tokenizer/merges.txt"))
    #expect(bare.endOfText == 1101)
    #expect(bare.imStart == 1102)
    #expect(bare.imEnd == 1103)
    #expect(bare.rows == base.rows)
    #expect(bare.encode("<|im_start|>Hello world") == base.encode("<|im_start|>Hello world"))
  }

  /// Each text gives at most one id per byte, whatever it is, and NFC makes no difference.
  @Test func anyTextHasIDs() throws {
    let tokenizer = try TextFixtures.tokenizer()
    var random = FixedGenerator(state: 11)
    for _ in 0..<400 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        let limit: UInt32 = [0x80, 0x400, 0x10000, 0x110000].randomElement(using: &random) ?? 0x80
        if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random)) {
          text.append(scalar)
        }
      }
      let string = String(text)
      let ids = tokenizer.encode(string)
      let composed = string.precomposedStringWithCanonicalMapping
      #expect(ids.count <= composed.utf8.count)
      #expect(ids.isEmpty == string.isEmpty)
      #expect(ids.allSatisfy { $0 >= 0 && Int($0) < tokenizer.rows })
      #expect(ids == tokenizer.encode(composed))
      #expect(ids == tokenizer.encode(string.decomposedStringWithCanonicalMapping))
    }
  }

  /// One word of a million letters: merging must not be quadratic.
  @Test(.timeLimit(.minutes(1))) func longWord() throws {
    let tokenizer = try TextFixtures.tokenizer()
    let count = 1 << 20
    let ids = tokenizer.encode(String(repeating: "the", count: count / 3))
    #expect(ids.count > count / 64)
    #expect(tokenizer.encode(String(repeating: " ", count: count)).count <= count)
    #expect(tokenizer.encode(String(repeating: "\u{301}", count: 1 << 16)).count == 1 << 17)
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
