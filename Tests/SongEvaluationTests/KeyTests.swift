import SongEvaluation
import Testing

@Suite struct KeyTests {
  /// Triads of a cadence, from the tonic; the last chord is held.
  private func cadence(_ tonic: Int, minor: Bool, rate: Int) -> [Float] {
    let third = minor ? 3 : 4
    let chords = [
      [0, third, 7], [5, 5 + third, 12], [7, 11, 14], [0, third, 7], [0, third, 7],
    ]
    return (0..<3).flatMap { _ in
      chords.flatMap { chord in
        chord.map { Signal.melody([Signal.note(tonic + $0)], each: 0.6, rate: rate, level: 0.1) }
          .reduce([Float](repeating: 0, count: Int(0.6 * Double(rate)))) { Signal.sum($0, $1) }
      }
    }
  }

  @Test(arguments: 0..<12) func majorAndMinor(step: Int) throws {
    for minor in [false, true] {
      let sound = cadence(48 + step, minor: minor, rate: 24000)
      let key = try #require(try figures(sound, rate: 24000).key)
      #expect(key.tonic == step && key.isMinor == minor, "\(key.name) for \(step) \(minor)")
    }
  }

  @Test func namesAndLimits() {
    #expect(KeyEstimate(chroma: [Double](repeating: 1, count: 12)) == nil)
    #expect(KeyEstimate(chroma: [1, 2]) == nil)
    let profile = [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17]
    let turned = (0..<12).map { profile[($0 + 3) % 12] }
    #expect(KeyEstimate(chroma: turned)?.name == "A minor")
  }
}
