public import TextTokens

/// What a recogniser heard of lyrics, in words and in phones.
public struct LyricsHearing: Sendable, Hashable {
  /// What the recogniser printed, one word after the other.
  public let heard: [String]
  /// Of the words of the lyrics, in small letters, numbers spelt out.
  public let words: EditErrors
  /// Of the 39 phones of American English, both texts pronounced by the lexicon.
  public let phones: EditErrors

  public init(heard: String, lyrics: String, pronouncing lexicon: PhonemeFrontEnd) {
    let (found, expected) = (lexicon.words(heard), lexicon.words(lyrics))
    self.heard = found
    words = EditErrors(found: found, expected: expected)
    phones = EditErrors(
      found: found.flatMap(lexicon.phonemes(ofWord:)),
      expected: expected.flatMap(lexicon.phonemes(ofWord:)))
  }
}
