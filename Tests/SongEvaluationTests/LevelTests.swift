import Foundation
import SongEvaluation
import Testing

@Suite struct LevelTests {
  private let rate = 48000

  private func tone(_ level: Double, _ seconds: Double) -> [Float] {
    (0..<Int(seconds * Double(rate))).map {
      Float(pow(10, level / 20) * sin(2 * .pi * 1000 * Double($0) / Double(rate)))
    }
  }

  /// EBU Tech 3341, case 1, on one channel: 3 LU less than on two.
  @Test func loudnessOfATone() throws {
    let result = try figures(tone(-23, 20), rate: rate)
    #expect(abs(try #require(result.loudness) + 26.01) < 0.1)
    #expect(abs(result.truePeak + 23) < 0.2)
    #expect(abs(try #require(result.loudnessRange)) < 0.1)
  }

  /// EBU Tech 3342, case 1: 20 s at -20 dB and 20 s at -30 dB have a range of 10 LU.
  @Test func loudnessRangeOfTwoTones() throws {
    let result = try figures(tone(-20, 20) + tone(-30, 20), rate: rate)
    #expect(abs(try #require(result.loudnessRange) - 10) < 1)
  }

  @Test func silenceIsFoundWhereItIs() throws {
    func quiet(_ seconds: Double) -> [Float] {
      [Float](repeating: 0, count: Int(seconds * Double(rate)))
    }
    let sound =
      quiet(1.5) + tone(-20, 3) + quiet(0.3) + tone(-20, 2) + quiet(2) + tone(-30, 1)
      + quiet(0.8) + tone(-20, 1) + quiet(0.7)
    let silence = try figures(sound, rate: rate).silence
    #expect(abs(silence.leading - 1.5) < 0.02 && abs(silence.trailing - 0.7) < 0.02)
    #expect(abs(silence.inner - 2.8) < 0.03 && abs(silence.longest - 2) < 0.02)
    let nothing = try figures(quiet(3), rate: rate)
    #expect(!nothing.silence.hasSound && abs(nothing.silence.leading - 3) < 0.02)
    #expect(nothing.loudness == nil && nothing.key == nil && nothing.tempo == nil)
    #expect(Ranking().score(nothing) == 0)
  }

  @Test func clippingIsCounted() throws {
    let clean = tone(0, 1)
    #expect(try figures(Signal.scaled(clean, 0.99), rate: rate).clipping.samples == 0)
    let flat = clean.map { min(1, max(-1, $0 * 2)) }
    let counted = try figures(flat, rate: rate).clipping
    let flattened = flat.count { abs($0) >= 1 }
    #expect(abs(counted.samples - flattened) <= flattened / 50 && counted.runs == 2000)
    // Two channels do not make runs together, nor do changes of sign.
    var counter = ClippingCounter(channels: 2)
    let mixed: [Float] = [1, 0, 1, 1, 0, 1, 1, -1, -1, -1, 1, 0]
    mixed.withUnsafeBufferPointer { counter.add($0) }
    #expect(counter.samples == 0)
  }

  @Test func balanceIsTheDifferenceOfLevels() throws {
    let (vocal, band) = (tone(-20, 5), tone(-26, 5))
    let result = try figures(
      Signal.sum(vocal, band), vocal: vocal, accompaniment: band, rate: rate)
    #expect(abs(try #require(result.balance) - 6) < 0.05)
  }

  @Test func leakageIsTheCoherentShare() throws {
    var (one, other) = (Signal.Noise(1), Signal.Noise(2))
    let vocal = (0..<10 * rate).map { _ in 0.2 * one.next() }
    let band = (0..<10 * rate).map { _ in 0.2 * other.next() }
    func measured(_ band: [Float]) throws -> SongFigures {
      try figures(Signal.sum(vocal, band), vocal: vocal, accompaniment: band, rate: rate)
    }
    let apart = try measured(band)
    #expect(abs(try #require(apart.stemCorrelation)) < 0.01)
    #expect(try #require(apart.stemCoherence) < 0.01)
    // Half the vocal's level leaks: of the power of the sum a fifth is the vocal's.
    let leaky = try measured(zip(vocal, band).map { 0.5 * $0 + $1 })
    #expect(abs(try #require(leaky.stemCorrelation) - 0.4472) < 0.02)
    #expect(abs(try #require(leaky.stemCoherence) - 0.2) < 0.03)
    // 10 ms late it shows in the coherence only.
    let late = [Float](repeating: 0, count: 480) + vocal.dropLast(480)
    let echo = try measured(zip(late, band).map { 0.5 * $0 + $1 })
    #expect(abs(try #require(echo.stemCorrelation)) < 0.02)
    #expect(try #require(echo.stemCoherence) > 0.1)
  }
}
