/// A description taken apart at its commas.
struct DescriptionTags {
  /// The tags, white space at their ends left out; a last one that is empty does not count.
  private(set) var ranges: [Range<Int>] = []
  /// Where `;` `|` or a line break parts tags in place of a comma.
  private(set) var otherSeparators: [Int] = []

  init(_ text: LocatedText) {
    var start = 0
    for (index, scalar) in text.scalars.enumerated() {
      guard ",;|\n".unicodeScalars.contains(scalar) else { continue }
      if scalar != "," { otherSeparators.append(index) }
      ranges.append(text.trimmed(start..<index))
      start = index + 1
    }
    let last = text.trimmed(start..<text.count)
    if !last.isEmpty || ranges.isEmpty { ranges.append(last) }
  }
}

/// One tag of a description.
struct DescriptionTag {
  /// In small letters, without a full stop at the end.
  let key: String
  /// The tempo, if the tag names one and little else.
  let tempo: Int?
  private let words: [String]

  private static let tempoWords: Set<String> = [
    "the", "bpm", "is", "tempo", "at", "of", "around", "about", "beats", "per", "minute",
  ]
  private static let sentenceWords: Set<String> = [
    "i", "me", "my", "you", "your", "it", "its", "this", "that", "is", "are", "was", "were", "be",
    "should", "must", "want", "wants", "please", "make", "makes", "write", "like", "sounds",
    "which", "who",
  ]

  init(_ text: String) {
    let lower = text.lowercased()
    key = String(lower.reversed().drop { $0 == "." || $0 == " " }.reversed())
    words = key.split { !($0.isLetter || $0.isNumber || $0 == "'" || $0 == "-") }.map(String.init)
    let numbers = words.compactMap { $0.utf8.count <= 4 ? Int($0) : nil }
    let isTempo =
      numbers.count == 1
      && words.allSatisfy { Self.tempoWords.contains($0) || Int($0) != nil }
      && words.contains { $0 == "bpm" || $0 == "tempo" || $0 == "beats" }
    tempo = isTempo ? numbers.first : nil
  }

  /// Whether it speaks of the tempo in numbers at all.
  var namesTempo: Bool {
    words.contains { $0 == "bpm" } || (words.contains("tempo") && words.contains { Int($0) != nil })
  }

  /// Whether it is `the bpm is N`.
  var isPlainTempo: Bool { tempo.map { key == "the bpm is \($0)" } ?? false }

  /// Whether it reads like a sentence: many words, or some with a verb or a pronoun.
  var isSentence: Bool {
    guard !namesTempo else { return false }
    return words.count > 6
      || (words.count >= 4 && words.contains { Self.sentenceWords.contains($0) })
      || key.contains(". ")
  }
}
