package import TextTokens

/// What is sung on one note.
struct Syllable: Sendable, Hashable {
  var onset: [Phoneme] = []
  var vowel: Phoneme
  var coda: [Phoneme] = []
  /// Index of its first phone in the song's sequence of phones.
  var ordinal: Int

  /// How many consonants it has.
  var consonants: Int { onset.count + coda.count }

  /// Parts the phones of a line.
  ///
  /// A syllable has one vowel. Of the consonants between two vowels the first half, rounded down,
  /// ends the one syllable, the rest begins the next; words make no difference, as the text that a
  /// model reads does not part them either.
  ///
  /// - Parameter ordinal: index of the line's first phone in the song.
  static func split(_ phones: [Phoneme], ordinal: Int) -> [Syllable] {
    var syllables: [Syllable] = []
    var waiting: [Phoneme] = []
    for (index, phone) in phones.enumerated() {
      guard phone.isVowel else {
        waiting.append(phone)
        continue
      }
      if let last = syllables.indices.last {
        syllables[last].coda = Array(waiting.prefix(waiting.count / 2))
        waiting.removeFirst(waiting.count / 2)
      }
      syllables.append(
        Syllable(onset: waiting, vowel: phone, ordinal: ordinal + index - waiting.count))
      waiting = []
    }
    if let last = syllables.indices.last { syllables[last].coda = waiting }
    return syllables
  }

  /// Its phones with their frames, `frames` in all, and their places in the syllable.
  ///
  /// A consonant has two frames if the vowel keeps two fifths of the syllable then; else those that
  /// hiss have two if the vowel keeps three frames; else each has one. Where there are more
  /// consonants than frames, the outer ones are left out.
  func durations(_ frames: Int) -> [(phone: Phoneme, place: Int, frames: Int)] {
    let opening = Array(onset.suffix(max(0, frames - 1)))
    let closing = Array(coda.prefix(max(0, frames - 1 - opening.count)))
    let phones = opening + [vowel] + closing
    let count = phones.count - 1
    let hissing = phones.count { $0.isHissing }
    let lengths = phones.map { phone in
      if phone.isVowel { return 0 }
      if frames - 2 * count >= max(3, (2 * frames + 4) / 5) { return 2 }
      return phone.isHissing && frames - count - hissing >= 3 ? 2 : 1
    }
    let rest = frames - lengths.reduce(0, +)
    let skipped = onset.count - opening.count
    return phones.indices.map { index in
      (phones[index], skipped + index, phones[index].isVowel ? rest : lengths[index])
    }
  }
}

extension Phoneme {
  /// Whether it is mostly noise.
  var isHissing: Bool {
    ["P", "T", "K", "F", "TH", "S", "SH", "CH", "JH", "Z", "ZH"].contains(symbol)
  }
}
