import Hashing

/// The words that songs are made of, and those that are kept back for evaluation.
///
/// A word is held out if the SHA-256 of its letters says so: one of seventeen, the same ones in
/// every version, whatever else is in the lexicon.
public struct WordLists: Sendable {
  /// Words for training, in the order of the letters.
  public let train: [String]
  /// Words that no song for training has.
  public let heldOut: [String]

  /// Sorts `words` into the two.
  public init(_ words: some Sequence<String>) {
    var (train, heldOut): ([String], [String]) = ([], [])
    for word in words.sorted() {
      if Self.isHeldOut(word) { heldOut.append(word) } else { train.append(word) }
    }
    self.train = train
    self.heldOut = heldOut
  }

  /// Whether the word is kept back.
  public static func isHeldOut(_ word: String) -> Bool {
    let digest = SHA256()
    Array(word.utf8).withUnsafeBytes { digest.add($0) }
    return (Int(digest.hexadecimal().prefix(8), radix: 16) ?? 0) % 17 == 0
  }
}
