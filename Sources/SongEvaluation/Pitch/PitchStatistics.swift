import Glibc

/// What can be said of the pitch of a voice over a whole song.
public struct PitchStatistics: Sendable, Hashable {
  /// The share of the moments that have a pitch.
  public let voiced: Double
  /// The median, in Hz.
  public let median: Double
  /// The 5th and the 95th of a hundred, in Hz.
  public let low: Double
  public let high: Double
  /// From low to high.
  public var semitones: Double { 12 * log2(high / low) }
  /// By how many cents the notes lie off A = 440 Hz: the circular mean of the distances to the next
  /// semitone.
  public let tuning: Double
  /// By how many cents a steady moment lies off the next semitone of that tuning, in the mean: 0 is in
  /// tune, 25 is at random. A moment is steady if the pitch moves by less than 30 cents to either side.
  public let deviation: Double

  /// - Parameter frequencies: Hz at equal distances; 0 where there is no pitch.
  /// - Returns: `nil` if fewer than ten moments have a pitch.
  public init?(_ frequencies: [Float]) {
    let sung = frequencies.filter { $0 > 0 }.sorted()
    guard sung.count >= 10 else { return nil }
    func place(_ share: Double) -> Double {
      Double(sung[min(sung.count - 1, Int(share * Double(sung.count)))])
    }
    voiced = Double(sung.count) / Double(frequencies.count)
    (median, low, high) = (place(0.5), place(0.05), place(0.95))
    var steady: [Double] = []
    for index in frequencies.indices.dropFirst().dropLast() {
      let three = frequencies[index - 1...index + 1].map {
        $0 > 0 ? 1200 * log2(Double($0) / 440) : nil
      }
      guard let before = three[0], let cents = three[1], let after = three[2],
        abs(cents - before) < 30, abs(after - cents) < 30
      else { continue }
      steady.append(cents)
    }
    guard !steady.isEmpty else {
      (tuning, deviation) = (0, 0)
      return
    }
    var (x, y) = (0.0, 0.0)
    for cents in steady {
      x += cos(2 * .pi * cents / 100)
      y += sin(2 * .pi * cents / 100)
    }
    let offset = atan2(y, x) / (2 * .pi) * 100
    tuning = offset
    deviation =
      steady.reduce(0) { sum, cents in
        let place = (cents - offset) / 100
        return sum + abs(place - place.rounded()) * 100
      } / Double(steady.count)
  }
}
