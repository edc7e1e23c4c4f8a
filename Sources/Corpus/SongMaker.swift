/// Makes songs from seeds.
public struct SongMaker: Sendable {
  private let words: PronouncedWords
  private let planner: SongPlanner
  private let singer = Singer()
  private let band = Band()

  /// Prepares all sounds, which takes some tenths of a second.
  ///
  /// - Parameter words: what lyrics are made of.
  public init(_ words: PronouncedWords) {
    self.words = words
    planner = SongPlanner(words)
  }

  /// The song of `seed`.
  ///
  /// - Throws: ``CorpusFailure`` if the lexicon has no words for it.
  public func song(
    seed: UInt64, kind: SongExtent, heldOut: Bool = false
  ) throws(CorpusFailure) -> CorpusSong {
    try song(planner.plan(seed: seed, kind: kind, heldOut: heldOut), seed: seed)
  }

  /// The song of a plan; `seed` chooses its tune.
  ///
  /// - Throws: ``CorpusFailure`` if it is over 980 frames long.
  public func song(_ plan: SongPlan, seed: UInt64) throws(CorpusFailure) -> CorpusSong {
    let frames = plan.frames(words)
    guard frames <= SongPlanner.longestSong else {
      throw .tooLong(frames, limit: SongPlanner.longestSong)
    }
    let score = Score(plan, words: words, seed: seed)
    return CorpusSong(
      plan: plan, frames: score.frames, vocal: singer.sing(score), accompaniment: band.play(score),
      labels: SongLabels(score))
  }
}
