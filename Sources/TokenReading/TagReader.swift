/// Tells which tag of a group a song has: the one that makes its codes likeliest.
public struct TagReader: Sendable {
  public let tags: [String]
  public let isVocal: Bool
  private let codes: Int
  /// log P(code | tag), [tags, codes].
  private let emission: [Float]

  public init(_ group: TokenStatistics.TagGroup) {
    tags = group.tags
    isVocal = group.isVocal
    codes = group.table.codes
    emission = group.table.logarithms(adding: 0.1)
  }

  /// The tag, as its place in ``tags``; nil where there is nothing to tell it by.
  ///
  /// - Parameter isSung: For each frame; the frames that count for a voice.
  public func tag(_ song: SongTokens, isSung: [Bool]) -> Int? {
    let row = isVocal ? song.vocal : song.accompaniment
    return tag(row.indices.filter { !isVocal || isSung[$0] }.map { row[$0] })
  }

  /// The tag of some codes.
  func tag(_ row: some Sequence<UInt16>) -> Int? {
    var scores = [Double](repeating: 0, count: tags.count)
    var isEmpty = true
    for code in row where Int(code) < codes {
      isEmpty = false
      for tag in tags.indices { scores[tag] += Double(emission[tag * codes + Int(code)]) }
    }
    guard !isEmpty, let best = scores.max() else { return nil }
    return scores.firstIndex(of: best)
  }
}
