/// All that reads the tokens of a model.
public struct TokenReaders: Sendable {
  public let vocalPhones: PhoneReader
  public let mixedPhones: PhoneReader
  public let tempo: TempoReader
  /// One for each group of tags.
  public let tags: [TagReader]
  public let pitch: PitchReader

  public init(_ statistics: TokenStatistics) {
    vocalPhones = PhoneReader(statistics.vocalPhones, following: statistics.following)
    mixedPhones = PhoneReader(statistics.mixedPhones, following: statistics.following)
    tempo = TempoReader(statistics)
    tags = statistics.tagGroups.map { TagReader($0) }
    pitch = PitchReader(statistics)
  }
}
