/// All that was found out about a song.
///
/// What could not be measured is nil: the loudness of silence, the balance without stems.
public struct SongFigures: Sendable {
  public var seconds = 0.0
  /// Hz.
  public var sampleRate = 0

  /// Integrated loudness, LUFS.
  public var loudness: Double?
  /// LU.
  public var loudnessRange: Double?
  /// dBTP; minus infinity for silence.
  public var truePeak = -Double.infinity
  public var clipping = ClippingCounter(channels: 1)
  public var silence = SilenceFinder.Result()

  public var loop: LoopFinder.Repetition?
  public var loopShare = 0.0
  public var tempo: TempoEstimate?
  public var tempoAgreement: TempoAgreement?
  /// Where the song changes, in seconds.
  public var borders: [Double] = []
  /// Where it is known to change.
  public var knownBorders: [Double] = []

  public var key: KeyEstimate?
  /// Of the vocal or, without one, of the song: Hz every ``pitchPeriod`` seconds, 0 for none.
  public var pitchTrack: [Float] = []
  public var pitchPeriod = 0.01
  /// Whether the pitch is that of a vocal stem.
  public var hasVocal = false
  public var pitch: PitchStatistics?

  /// How much louder the vocal is than the accompaniment, LU.
  public var balance: Double?
  public var stemCorrelation: Double?
  public var stemCoherence: Double?

  public var reconstruction: Reconstruction.Result?
  public var hearing: LyricsHearing?
  public var wishes: RequestWishes?
  /// Words of the lyrics.
  public var lyricsWords: Int?
  /// Whether the song ended by itself; nil where that is not known.
  public var hasEnded: Bool?

  public init() {}

  /// Words of the lyrics for each second of the song.
  public var wordsPerSecond: Double? {
    guard let lyricsWords, lyricsWords > 0, seconds > 0 else { return nil }
    return Double(lyricsWords) / seconds
  }

  /// The agreement of the borders with those known, at a tolerance in seconds.
  public func agreement(within tolerance: Double) -> BorderAgreement? {
    BorderAgreement(found: borders, known: knownBorders, tolerance: tolerance)
  }

  /// Takes over what the request asks for, and compares.
  public mutating func compare(with wishes: RequestWishes) {
    self.wishes = wishes
    if let asked = wishes.tempo, asked > 0, let tempo {
      tempoAgreement = TempoAgreement(asked: Double(asked), found: tempo.bpm)
    }
  }
}
