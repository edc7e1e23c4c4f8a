/// Pronounces English words: by the lexicon, by the lexicon's word under an ending, or by rule.
struct Pronouncer: Sendable {
  private let lexicon: [String: [Phoneme]]
  private let rules = LetterToSound()

  /// Contractions that do not sound like their parts.
  private static let contractions = [
    "i'm": "AY M", "i'll": "AY L", "i'd": "AY D", "i've": "AY V", "don't": "D OW N T",
    "can't": "K AE N T", "won't": "W OW N T", "ain't": "EY N T", "aren't": "AA R N T",
    "weren't": "W ER N T", "you're": "Y AO R", "they're": "DH EH R", "we're": "W IY R",
    "'cause": "K AH Z", "'til": "T IH L", "y'all": "Y AO L", "let's": "L EH T S",
    "o'clock": "AH K L AA K", "ma'am": "M AE M", "e'er": "EH R", "o'er": "AO R",
  ]
  /// What is left of a contracted word.
  private static let clitics = [
    ("n't", "AH N T"), ("'re", "ER"), ("'ll", "L"), ("'ve", "V"), ("'d", "D"), ("'m", "M"),
  ]

  init(lexicon: [String: [Phoneme]]) {
    self.lexicon = lexicon
  }

  /// The phones of `word`, small letters and apostrophes; none for an empty word.
  func phones(_ word: String) -> [Phoneme] {
    if let known = lexicon[word] { return known }
    if word.contains("'") { return contracted(word) }
    return inflected(word) ?? compound(word) ?? rules.phones(Array(word.utf8))
  }

  private func contracted(_ word: String) -> [Phoneme] {
    if let phones = Self.contractions[word].flatMap({ Phoneme.sequence($0) }) { return phones }
    for (ending, sound) in Self.clitics where word.hasSuffix(ending) && word.count > ending.count {
      return phones(String(word.dropLast(ending.count))) + (Phoneme.sequence(sound) ?? [])
    }
    if word.hasSuffix("'s"), word.count > 2 { return plural(phones(String(word.dropLast(2)))) }
    if word.hasSuffix("in'"), word.count > 4 {
      return phones(word.dropLast() + "g").dropLast() + (Phoneme.sequence("N") ?? [])
    }
    return phones(word.filter { $0 != "'" })
  }

  /// A word of the lexicon with an ending.
  private func inflected(_ word: String) -> [Phoneme]? {
    if word.hasSuffix("ies") || word.hasSuffix("ied"), let base = lexicon[word.dropLast(3) + "y"] {
      return base + (Phoneme.sequence(word.hasSuffix("s") ? "Z" : "D") ?? [])
    }
    if word.hasSuffix("s"), !word.hasSuffix("ss"), let base = lexicon[String(word.dropLast())] {
      return plural(base)
    }
    if word.hasSuffix("es"), let base = lexicon[String(word.dropLast(2))],
      base.last?.isSibilant == true
    {
      return plural(base)
    }
    for (ending, sound) in [("ed", ""), ("ing", "IH NG"), ("er", "ER"), ("ly", "L IY")]
    where word.hasSuffix(ending) {
      guard let base = base(of: String(word.dropLast(ending.count)), mute: ending != "ly") else {
        continue
      }
      return ending == "ed" ? past(base) : base + (Phoneme.sequence(sound) ?? [])
    }
    return nil
  }

  /// The word under a stem: itself, with its mute `e` back, or without its doubled consonant.
  private func base(of stem: String, mute: Bool) -> [Phoneme]? {
    if let base = lexicon[stem] { return base }
    guard mute, stem.count >= 2 else { return nil }
    if let base = lexicon[stem + "e"] { return base }
    return stem.last == stem.dropLast().last ? lexicon[String(stem.dropLast())] : nil
  }

  /// Two words of the lexicon in one, four letters each at least.
  private func compound(_ word: String) -> [Phoneme]? {
    for length in stride(from: word.count - 4, through: 4, by: -1) {
      if let first = lexicon[String(word.prefix(length))],
        let second = lexicon[String(word.dropFirst(length))]
      {
        return first + second
      }
    }
    return nil
  }

  private func plural(_ base: [Phoneme]) -> [Phoneme] {
    guard let last = base.last else { return base }
    let sound = last.isSibilant ? "AH Z" : last.isVoiceless ? "S" : "Z"
    return base + (Phoneme.sequence(sound) ?? [])
  }

  private func past(_ base: [Phoneme]) -> [Phoneme] {
    guard let last = base.last else { return base }
    let sound =
      ["T", "D"].contains(last.symbol) ? "IH D" : last.isVoiceless ? "T" : "D"
    return base + (Phoneme.sequence(sound) ?? [])
  }
}
