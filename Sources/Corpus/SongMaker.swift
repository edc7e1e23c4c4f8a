/// Makes songs from seeds.
public struct SongMaker: Sendable {
  public let words: PronouncedWords

  /// - Parameter words: what lyrics are made of.
  public init(_ words: PronouncedWords) {
    self.words = words
  }

  /// The plan of the song of `seed`; its words are those for training, or those kept back.
  ///
  /// - Throws: ``CorpusFailure`` if the lexicon has no such words.
  public func plan(
    seed: UInt64, kind: SongExtent, heldOut: Bool = false
  ) throws(CorpusFailure) -> SongPlan {
    let vocabulary = heldOut ? words.lists.heldOut : words.lists.train
    guard !vocabulary.isEmpty else { throw .noWords }
    return SongPlanner(words: words, vocabulary: vocabulary).plan(seed: seed, kind: kind)
  }
}
