import Glibc

/// The tempo of a song, by the autocorrelation of its onsets.
///
/// The envelope less its mean over a second is correlated with itself. A period is as good as the
/// geometric mean of the correlation at its first four multiples, less half of what lies midway between
/// them or at the thirds (a comb: a period of two or three beats has beats there), times a preference
/// for medium tempi, a Gaussian of log2(bpm / 120) as wide as 1.2 octaves (after Ellis 2007). The
/// best period is then measured at ever higher multiples, which makes it exact.
public struct TempoEstimate: Sendable, Hashable {
  /// Beats per minute that are looked for.
  public static let range = 40.0...240.0

  /// Beats per minute.
  public let bpm: Double
  /// The correlation one beat apart, from 0 to 1: how steady the beat is.
  public let strength: Double

  /// - Parameters:
  ///   - onsets: Values of equal distance in time, none below 0.
  ///   - period: Seconds from one to the next.
  /// - Returns: `nil` if there are fewer than 4 s, or no onsets.
  public init?(onsets: [Float], period: Double) {
    guard period > 0, Double(onsets.count) * period >= 4 else { return nil }
    let envelope = Self.levelled(onsets, radius: max(1, Int(0.5 / period)))
    let longest = min(onsets.count / 2, Int(12 / period))
    let curve = Self.autocorrelation(envelope, lags: longest + 2)
    guard let power = curve.first, power > 1e-9 else { return nil }
    let normal = curve.map { $0 / power }

    func at(_ lag: Double) -> Double {
      let index = Int(lag)
      guard index + 1 < normal.count else { return 0 }
      let share = lag - Double(index)
      return normal[index] * (1 - share) + normal[index + 1] * share
    }
    var best = (score: 0.0, lag: 0.0)
    var bpm = Self.range.lowerBound
    while bpm <= Self.range.upperBound {
      let lag = 60 / bpm / period
      let multiples = (1...4).filter { Double($0) * lag < Double(longest) }
      if !multiples.isEmpty {
        let count = Double(multiples.count)
        // The peak may lie beside the lag by as much as the step of the search.
        let product = multiples.reduce(1.0) { product, multiple in
          let place = Double(multiple) * lag
          let near = [-1.0, -0.5, 0, 0.5, 1].map { at(place + $0) }.max() ?? 0
          return product * max(1e-3, near)
        }
        // A period of two beats has one midway, a period of three has two at its thirds.
        let between =
          [[0.5], [1.0 / 3, 2.0 / 3]].map { shares in
            let places = multiples.flatMap { multiple in shares.map { Double(multiple) - $0 } }
            return places.reduce(0) { $0 + max(0, at($1 * lag)) } / Double(places.count)
          }.max() ?? 0
        let octaves = log2(bpm / 120) / 1.2
        let score = (pow(product, 1 / count) - 0.5 * between) * exp(-0.5 * octaves * octaves)
        if score > best.score { best = (score, lag) }
      }
      bpm *= 1.0025
    }
    guard best.score > 0 else { return nil }
    let lag = Self.refined(best.lag, normal, longest)
    self.bpm = 60 / (lag * period)
    strength = min(1, max(0, at(lag)))
  }

  /// The lag, measured at its multiples 1, 2, 4 and so on.
  private static func refined(_ lag: Double, _ curve: [Double], _ longest: Int) -> Double {
    var lag = lag
    var multiple = 1.0
    while multiple * lag + 3 < Double(longest) {
      let centre = Int((multiple * lag).rounded())
      let range = max(1, centre - 2)...min(curve.count - 2, centre + 2)
      guard let peak = range.max(by: { curve[$0] < curve[$1] }), curve[peak] > 0 else { break }
      let (low, middle, high) = (curve[peak - 1], curve[peak], curve[peak + 1])
      let bend = low - 2 * middle + high
      let shift = bend < 0 ? min(0.5, max(-0.5, 0.5 * (low - high) / bend)) : 0
      lag = (Double(peak) + shift) / multiple
      multiple *= 2
    }
    return lag
  }

  /// The envelope less its running mean, nothing below 0.
  private static func levelled(_ values: [Float], radius: Int) -> [Float] {
    var sums = [0.0]
    sums.reserveCapacity(values.count + 1)
    for value in values { sums.append(sums[sums.count - 1] + Double(value)) }
    return values.indices.map { index in
      let (first, end) = (max(0, index - radius), min(values.count, index + radius + 1))
      return max(0, values[index] - Float((sums[end] - sums[first]) / Double(end - first)))
    }
  }

  /// The mean of products `lag` apart, of the envelope less its mean.
  ///
  /// - Complexity: O(n · lags).
  private static func autocorrelation(_ values: [Float], lags: Int) -> [Double] {
    let mean = values.reduce(0) { $0 + Double($1) } / Double(max(1, values.count))
    let centred = values.map { $0 - Float(mean) }
    return centred.withUnsafeBufferPointer { centred in
      (0..<max(1, min(lags, centred.count))).map { lag in
        var sum: Float = 0
        var total = 0.0
        for index in 0..<centred.count - lag {
          sum += centred[index] * centred[index + lag]
          if index & 1023 == 1023 {
            total += Double(sum)
            sum = 0
          }
        }
        return (total + Double(sum)) / Double(centred.count - lag)
      }
    }
  }
}
