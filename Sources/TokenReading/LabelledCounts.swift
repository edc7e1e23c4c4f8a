import Diagnostics

/// Counts songs whose phones are known.
public struct LabelledCounts: Sendable {
  /// Most pitches that are told apart.
  private static let mostPitches = 96
  /// Frames in which a song must sing a pitch for it to be one of its own.
  private static let leastFrames = 3

  private var statistics: TokenStatistics
  private var pitchFrames: [UInt16: [UInt16: Float]] = [:]
  private var pitchSets: [Set<UInt16>: Int] = [:]

  /// - Parameters:
  ///   - codes: Codes of a row.
  ///   - tags: Groups of tags that exclude each other.
  /// - Throws: ``TokenReadingFailure`` with status 65 for impossible sizes.
  public init(codes: Int, tags: [[String]]) throws(TokenReadingFailure) {
    guard (1...65536).contains(codes), tags.count <= 16, tags.allSatisfy({ $0.count <= 64 }) else {
      throw TokenReadingFailure(.data, "\(codes) codes or so many tags cannot be counted")
    }
    let states = TokenStatistics.phoneStates
    statistics = TokenStatistics(
      vocalPhones: CodeTable(states: states, codes: codes),
      mixedPhones: CodeTable(states: states, codes: codes),
      following: Array(repeating: 0, count: states * states),
      tagGroups: tags.map { group in
        TokenStatistics.TagGroup(
          tags: group, isVocal: group.contains("female") || group.contains("male"),
          table: CodeTable(states: group.count, codes: codes))
      },
      pitches: [], vocalPitches: CodeTable(states: 0, codes: codes), together: [],
      onsets: CodeTable(states: 2, codes: codes), songs: 0)
  }

  /// Counts a song.
  ///
  /// - Parameter description: Its tags; what they do not say is not counted.
  /// - Throws: ``TokenReadingFailure`` with status 65 when it has no labels.
  public mutating func add(
    _ song: SongTokens, description: StyleTags
  ) throws(TokenReadingFailure) {
    guard let labels = song.phones else {
      throw TokenReadingFailure(.data, "the song has no track 'label.phone' to count by")
    }
    let phones = labels.map { Int($0) < TokenStatistics.phoneStates ? Int($0) : 0 }
    var last = 0
    for frame in 0..<song.count {
      statistics.vocalPhones.add(state: phones[frame], code: song.vocal[frame])
      statistics.mixedPhones.add(state: phones[frame], code: song.mixed[frame])
      statistics.following[last * TokenStatistics.phoneStates + phones[frame]] += 1
      last = phones[frame]
    }
    for index in statistics.tagGroups.indices {
      let group = statistics.tagGroups[index]
      guard let tag = description.tag(of: group.tags) else { continue }
      for frame in 0..<song.count where !group.isVocal || phones[frame] > 0 {
        statistics.tagGroups[index].table.add(
          state: tag, code: group.isVocal ? song.vocal[frame] : song.accompaniment[frame])
      }
    }
    if let beat = description.beat {
      for frame in 0..<song.count {
        statistics.onsets.add(
          state: frame.isMultiple(of: beat) ? 1 : 0, code: song.accompaniment[frame])
      }
    }
    if let pitches = song.pitches { add(pitches, phones, song.vocal) }
    statistics.songs += 1
  }

  private mutating func add(_ pitches: [UInt16], _ phones: [Int], _ codes: [UInt16]) {
    var frames: [UInt16: Int] = [:]
    for (frame, pitch) in pitches.enumerated()
    where pitch > 0 && SungPlan.isVowel(UInt8(phones[frame])) {
      frames[pitch, default: 0] += 1
      pitchFrames[pitch, default: [:]][codes[frame], default: 0] += 1
    }
    let set = Set(frames.filter { $0.value >= Self.leastFrames }.keys)
    if !set.isEmpty { pitchSets[set, default: 0] += 1 }
  }

  /// What was counted.
  ///
  /// - Throws: ``TokenReadingFailure`` with status 65 when there was nothing.
  public func finished() throws(TokenReadingFailure) -> TokenStatistics {
    guard statistics.songs > 0 else {
      throw TokenReadingFailure(.data, "there is no song to count")
    }
    var result = statistics
    let kept = pitchFrames.sorted { one, other in
      let sums = (one.value.values.reduce(0, +), other.value.values.reduce(0, +))
      return sums.0 == sums.1 ? one.key < other.key : sums.0 > sums.1
    }.prefix(Self.mostPitches).map(\.key).sorted()
    result.pitches = kept
    result.vocalPitches = CodeTable(states: kept.count, codes: result.codes)
    for (state, pitch) in kept.enumerated() {
      for (code, count) in pitchFrames[pitch] ?? [:] {
        result.vocalPitches.add(state: state, code: code, count)
      }
    }
    result.together = Array(repeating: 0, count: kept.count * kept.count)
    let places = Dictionary(kept.enumerated().map { ($1, $0) }) { first, _ in first }
    for (set, songs) in pitchSets {
      let states = set.compactMap { places[$0] }
      for one in states {
        for other in states { result.together[one * kept.count + other] += Float(songs) }
      }
    }
    return result
  }
}
