import Glibc

/// Tells which tag of a group a song has: the one that its codes speak for most.
public struct TagReader: Sendable {
  private static let doubt: Float = 4

  public let tags: [String]
  public let isVocal: Bool
  private let codes: Int
  private let positions: Int
  /// What each code says for each tag, [tags, positions, codes].
  private let emission: [Float]

  public init(_ group: TokenStatistics.TagGroup) {
    tags = group.tags
    isVocal = group.isVocal
    positions = group.positions
    codes = group.table.codes
    emission = Self.evidence(group.table, tags: group.tags.count, positions: group.positions)
  }

  /// log P(tag | code, position) - log P(tag | position). What a code says that was hardly seen is
  /// drawn towards nothing: as if it had come ``doubt`` times more, with all tags as they come.
  private static func evidence(_ table: CodeTable, tags: Int, positions: Int) -> [Float] {
    var result = [Float](repeating: 0, count: table.counts.count)
    for position in 0..<positions {
      let states = (0..<tags).map { $0 * positions + position }
      let sums = states.map { state in
        table.counts[state * table.codes..<(state + 1) * table.codes].reduce(1) { $0 + $1 }
      }
      let all = sums.reduce(0, +)
      for code in 0..<table.codes {
        let total = states.reduce(Float(0)) { $0 + table[$1, UInt16(code)] }
        for (tag, state) in states.enumerated() {
          let share = sums[tag] / all
          let posterior = (table[state, UInt16(code)] + doubt * share) / (total + doubt)
          result[state * table.codes + code] = log(posterior / share)
        }
      }
    }
    return result
  }

  /// The tag, as its place in ``tags``; nil where there is nothing to tell it by.
  ///
  /// - Parameters:
  ///   - isSung: For each frame; the frames that count for a voice.
  ///   - beat: Frames of a beat.
  public func tag(_ song: SongTokens, isSung: [Bool], beat: Int?) -> Int? {
    if isVocal { return tag(song.vocal, frames: isSung.indices.filter { isSung[$0] }, beat: beat) }
    return tag(song.accompaniment, frames: song.accompaniment.indices, beat: beat)
  }

  /// The tag of some frames of a row.
  func tag(_ row: [UInt16], frames: some Sequence<Int>, beat: Int?) -> Int? {
    var scores = [Double](repeating: 0, count: tags.count)
    var isEmpty = true
    for frame in frames where Int(row[frame]) < codes {
      isEmpty = false
      let position = positions == 1 ? 0 : BeatPosition.of(frame, beat: beat)
      for tag in tags.indices {
        scores[tag] += Double(emission[(tag * positions + position) * codes + Int(row[frame])])
      }
    }
    guard !isEmpty, let best = scores.max() else { return nil }
    return scores.firstIndex(of: best)
  }
}
