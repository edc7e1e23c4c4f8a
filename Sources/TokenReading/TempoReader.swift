import Glibc

/// Hears the tempo of an accompaniment: the beat under which its codes are likeliest, as those of a
/// beat's first frame and those between.
public struct TempoReader: Sendable {
  /// Frames in which the beat is taken to be steady; the next ones may begin it anew.
  private static let stretch = 128

  private let codes: Int
  /// log P(code | first frame of a beat) - log P(code | another frame), one for each code.
  private let strength: [Float]

  public init(_ statistics: TokenStatistics) {
    let table = statistics.onsets
    codes = table.codes
    let sums = (0..<2).map { state in
      table.counts[state * table.codes..<(state + 1) * table.codes].reduce(0, +)
    }
    let share = min(max(1e-6, sums[1] / max(1, sums[0] + sums[1])), 1 - 1e-6)
    strength = (0..<table.codes).map { code in
      let code = UInt16(code)
      // A code that was hardly seen says nothing.
      let posterior = (table[1, code] + 2 * share) / (table.total(code: code) + 2)
      let bounded = min(max(posterior, 1e-6), 1 - 1e-6)
      return log(bounded / (1 - bounded)) - log(share / (1 - share))
    }
  }

  /// Frames of a beat, of those that a song may have; nil for less than two beats, and where no beat is
  /// likelier than none.
  ///
  /// - Complexity: O(frames · number of beats).
  public func beat(_ accompaniment: [UInt16]) -> Int? {
    let beats = TokenStatistics.beats
    guard let longest = beats.max(), accompaniment.count >= 2 * longest else { return nil }
    let curve = accompaniment.map { Int($0) < codes ? strength[Int($0)] : 0 }
    let scores = beats.map { beat in
      stride(from: 0, to: curve.count, by: Self.stretch).reduce(Float(0)) { sum, start in
        let part = start..<min(curve.count, start + Self.stretch)
        let phases = (0..<beat).map { phase in
          stride(from: part.lowerBound + phase, to: part.upperBound, by: beat)
            .reduce(Float(0)) { $0 + curve[$1] }
        }
        return sum + (phases.max() ?? 0)
      }
    }
    guard let best = scores.max(), best > 1e-3 else { return nil }
    return scores.firstIndex(of: best).map { beats[$0] }
  }
}
