public import TextTokens

/// How words are pronounced: a lexicon, and letter-to-sound rules for what is not in it.
public struct PronouncedWords: Sendable {
  /// The words of the lexicon, parted into those for training and those kept back.
  public let lists: WordLists
  private let lexicon: [String: [Phoneme]]
  private let frontEnd: PhonemeFrontEnd

  /// Reads a lexicon of lines `word PHONE PHONE …`; `bytes` are read during the call only.
  public init(lexicon bytes: UnsafeRawBufferPointer) throws(TextFailure) {
    lexicon = try LexiconReader.read(bytes)
    frontEnd = try PhonemeFrontEnd(lexicon: bytes, labels: [])
    lists = WordLists(lexicon.lazy.filter { (1...3).contains(Self.vowels($0.value)) }.map(\.key))
  }

  /// The phones of a word.
  package func phones(_ word: String) -> [Phoneme] {
    lexicon[word] ?? frontEnd.phonemes(ofWord: word).compactMap { Phoneme($0) }
  }

  /// The syllables of a word: one for each vowel.
  func syllables(_ word: String) -> Int { Self.vowels(phones(word)) }

  private static func vowels(_ phones: [Phoneme]) -> Int {
    phones.reduce(0) { $0 + ($1.isVowel ? 1 : 0) }
  }
}
