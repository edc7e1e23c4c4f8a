/// A line of pronounced words, and how it is cut to what the model can sing.
struct SungLine {
  /// One word: its phones, and whether a comma follows it.
  struct Word {
    let phones: [Phoneme]
    let pauses: Bool

    var syllables: Int { phones.count(where: \.isVowel) }
  }

  /// Syllables of the longest line that the model knows: two bars of four.
  static let longest = 8

  let words: ArraySlice<Word>

  /// This line in pieces of at most ``longest`` syllables where its words allow it.
  ///
  /// A piece that is too long is cut at the comma nearest to its middle that leaves two syllables
  /// on each side, or else at the end of a word nearest to the middle.
  ///
  /// - Complexity: O(n log n) for ordinary lines.
  func pieces() -> [[Word]] {
    let total = words.reduce(0) { $0 + $1.syllables }
    guard total > Self.longest, words.count > 1 else { return [Array(words)] }
    var before = 0
    var comma: (distance: Int, index: Int)?
    var boundary: (distance: Int, index: Int)?
    for index in words.indices.dropLast() {
      before += words[index].syllables
      let distance = abs(total - 2 * before)
      if distance < boundary?.distance ?? .max { boundary = (distance, index) }
      if words[index].pauses, min(before, total - before) >= 2, distance < comma?.distance ?? .max {
        comma = (distance, index)
      }
    }
    guard let cut = comma ?? boundary else { return [Array(words)] }
    return SungLine(words: words[...cut.index]).pieces()
      + SungLine(words: words[cut.index...].dropFirst()).pieces()
  }
}
