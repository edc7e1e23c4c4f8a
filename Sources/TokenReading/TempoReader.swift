import Glibc

/// Hears the tempo of an accompaniment: how much each code is one of a beat's first frame, and at
/// which distance this comes back.
public struct TempoReader: Sendable {
  private let codes: Int
  /// log P(first frame of a beat | code) over its mean, one for each code.
  private let strength: [Float]

  public init(_ statistics: TokenStatistics) {
    let table = statistics.onsets
    codes = table.codes
    let sums = (0..<2).map { state in
      table.counts[state * table.codes..<(state + 1) * table.codes].reduce(0, +)
    }
    let share = max(1e-6, sums[1] / max(1, sums[0] + sums[1]))
    strength = (0..<table.codes).map { code in
      let code = UInt16(code)
      let posterior = (table[1, code] + 2 * share) / (table.total(code: code) + 2)
      return log(posterior / share)
    }
  }

  /// Frames of a beat, of those that a song may have; nil for less than two beats.
  public func beat(_ accompaniment: [UInt16]) -> Int? {
    let raw = accompaniment.map { Int($0) < codes ? strength[Int($0)] : 0 }
    return Self.period(raw, of: TokenStatistics.beats)
  }

  /// The distance at which a curve is most like itself: autocorrelation at once, twice and four times
  /// the distance.
  package static func period(_ curve: [Float], of candidates: [Int]) -> Int? {
    guard let shortest = candidates.min(), curve.count > 2 * shortest else { return nil }
    let mean = curve.reduce(0, +) / Float(curve.count)
    let centred = curve.map { $0 - mean }
    guard centred.contains(where: { abs($0) > 1e-3 }) else { return nil }
    func likeness(_ lag: Int) -> Double {
      guard centred.count > lag + 8 else { return 0 }
      var sum = 0.0
      for index in 0..<centred.count - lag {
        sum += Double(centred[index]) * Double(centred[index + lag])
      }
      return sum / Double(centred.count - lag)
    }
    let scores = candidates.map { period in
      [1, 2, 4].reduce(0.0) { $0 + likeness(period * $1) }
    }
    guard let best = scores.max(), best > 0 else { return nil }
    return candidates[scores.firstIndex(of: best) ?? 0]
  }
}
