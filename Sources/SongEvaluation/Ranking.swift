import Glibc

/// One score of a song's figures, from 0 to 1, so that songs can be ordered.
///
/// The score is the weighted mean of those parts that can be judged. Each part is 1 where nothing is
/// to be said against a song; sg-eval(1) has the formulas.
public struct Ranking: Sendable, Hashable {
  /// What a song is judged by.
  public enum Part: String, Sendable, CaseIterable {
    /// No clipped samples: 0 from 1 in 1000 on.
    case clipping
    /// No silence within the song or beyond 2 s around it: 0 from a quarter of the song on.
    case silence
    /// No copies of what came before: the share of the song that is none.
    case loop
    /// The tempo that was asked for: 0 from 8 % off on, octaves forgiven.
    case tempo
    /// A voice that is there: 0 without, 1 if a fifth of the moments have a pitch.
    case voice
    /// In tune: 0 where steady notes are 25 cents off the scale, which is what chance gives.
    case tune
    /// Vocal and accompaniment within 6 LU of each other: 0 from 18 LU on.
    case balance
    /// Stems that are apart: 1 less the coherent share of the vocal.
    case leakage
    /// Borders where they are known to be, or as many sections as were asked for.
    case sections
    /// As many words a second as are sung: from 0.4 to 4.
    case length
    /// Ended by itself.
    case ending
    /// Words that a recogniser hears: 1 less the rate of wrong phones.
    case words
  }

  public var weights: [Part: Double]

  /// 3 for words, 0.5 for leakage and sections, 1 for the rest.
  public static let defaultWeights: [Part: Double] = {
    var weights = Dictionary(uniqueKeysWithValues: Part.allCases.map { ($0, 1.0) })
    weights[.words] = 3
    weights[.leakage] = 0.5
    weights[.sections] = 0.5
    return weights
  }()

  public init(weights: [Part: Double] = Ranking.defaultWeights) {
    self.weights = weights
  }

  /// The score; 0 for a song of which nothing can be judged.
  public func score(_ figures: SongFigures) -> Double {
    var (sum, total) = (0.0, 0.0)
    for part in Part.allCases {
      guard let weight = weights[part], weight > 0, let value = Self.value(part, figures) else {
        continue
      }
      sum += weight * value
      total += weight
    }
    return total > 0 ? sum / total : 0
  }

  /// All parts that can be judged.
  public static func values(_ figures: SongFigures) -> [Part: Double] {
    var result: [Part: Double] = [:]
    for part in Part.allCases { result[part] = value(part, figures) }
    return result
  }

  /// One part, from 0 to 1; nil if it cannot be judged.
  public static func value(_ part: Part, _ figures: SongFigures) -> Double? {
    guard figures.seconds > 0, figures.silence.hasSound else { return 0 }
    switch part {
    case .clipping: return falling(figures.clipping.share, to: 0.001)
    case .silence:
      let silence = figures.silence
      let edges = max(0, silence.leading - 2) + max(0, silence.trailing - 2)
      return falling((silence.inner + edges) / figures.seconds, to: 0.25)
    case .loop: return 1 - min(1, figures.loopShare)
    case .tempo: return figures.tempoAgreement.map { falling(abs($0.foldedError), to: 0.08) }
    case .voice:
      guard figures.hasVocal, figures.wishes.map({ $0.lyrics != nil }) ?? true else { return nil }
      return min(1, (figures.pitch?.voiced ?? 0) / 0.2)
    case .tune: return figures.hasVocal ? figures.pitch.map { falling($0.deviation, to: 25) } : nil
    case .balance: return figures.balance.map { falling(max(0, abs($0) - 6), to: 12) }
    case .leakage: return figures.stemCoherence.map { 1 - $0 }
    case .sections: return sections(figures)
    case .length: return figures.wordsPerSecond.map { min(1, $0 / 0.4, 4 / $0) }
    case .ending: return figures.hasEnded.map { $0 ? 1 : 0 }
    case .words: return figures.hearing?.phones.rate.map { max(0, 1 - $0) }
    }
  }

  private static func sections(_ figures: SongFigures) -> Double? {
    if let agreement = figures.agreement(within: 3) { return agreement.fMeasure }
    guard let asked = figures.wishes?.sections.count, asked > 0 else { return nil }
    let found = figures.borders.count + 1
    return Double(min(asked, found)) / Double(max(asked, found))
  }

  /// 1 for 0, falling to 0 at `end`.
  private static func falling(_ value: Double, to end: Double) -> Double {
    min(1, max(0, 1 - value / end))
  }
}
