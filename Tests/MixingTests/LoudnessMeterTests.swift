import Mixing
import Testing

@Suite struct LoudnessMeterTests {
  /// EBU Tech 3341, cases 1 and 2: a stereo sine of 1 kHz at -23 dBFS has -23 LUFS.
  @Test(arguments: [(-23.0, 48000), (-33.0, 48000), (-23.0, 44100)])
  func aSineHasItsOwnLoudness(level: Double, rate: Int) throws {
    let result = try measure(sine(1000, decibels: level, seconds: 20, rate: rate), rate: rate)
    #expect(abs(try #require(result.loudness) - level) < 0.1)
  }

  /// EBU Tech 3341, case 15 and following: a sine at a quarter of the rate whose samples all lie 3
  /// dB under its peak.
  @Test func findsThePeakBetweenSamples() throws {
    let samples = sine(12000, decibels: -6, seconds: 1, phase: .pi / 4)
    let result = try measure(samples)
    #expect(abs(decibels(Double(samples.max() ?? 0)) + 9) < 0.1)
    #expect((-6.4 ... -5.8).contains(result.peak))
  }

  @Test func silenceHasNoLoudness() throws {
    let result = try measure([Float](repeating: 0, count: 200_000))
    #expect(result.loudness == nil)
    #expect(result.peak == -.infinity)
    #expect(try measure(sine(1000, decibels: -80, seconds: 2)).loudness == nil)
    #expect(try measure(sine(1000, decibels: -20, seconds: 0.3)).loudness == nil)
  }
}
