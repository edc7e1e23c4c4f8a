import Foundation
import Mixing
import Testing

@Suite struct LimiterTests {
  private func limit(
    _ samples: [Float], ceiling: Double, rate: Int = 48000, pieces: Int = 5000
  ) -> [Float] {
    let limiter = Limiter(ceiling: factor(decibels: ceiling), sampleRate: rate)
    var result: [Float] = []
    samples.withUnsafeBufferPointer { samples in
      for start in stride(from: 0, to: samples.count, by: pieces * 2) {
        let end = min(start + pieces * 2, samples.count)
        result += limiter.process(UnsafeBufferPointer(rebasing: samples[start..<end]))
      }
    }
    return result + limiter.finish()
  }

  @Test func leavesAloneWhatIsLowEnough() {
    let samples = sine(997, decibels: -1.2, seconds: 0.5)
    #expect(limit(samples, ceiling: -1) == samples)
  }

  @Test(arguments: [8000, 22050, 44100, 48000, 96000])
  func aSteadySineComesToTheCeiling(rate: Int) {
    let samples = sine(440, decibels: 6, seconds: 0.5, rate: rate)
    let result = limit(samples, ceiling: -1, rate: rate)
    #expect(result.count == samples.count)
    let peak = decibels(Double(result.map(abs).max() ?? 0))
    #expect((-1.05 ... -0.999).contains(peak))
  }

  /// The samples are 3 dB under the peaks between them: only a true-peak limiter sees these.
  @Test func turnsDownPeaksBetweenSamples() throws {
    let samples = sine(12000, decibels: 1, seconds: 1, phase: .pi / 4)
    #expect((samples.max() ?? 0) < 0.8)
    let result = limit(samples, ceiling: -1)
    #expect((-1.3 ... -0.85).contains(try measure(result).peak))
  }

  /// One loud frame: the gain is down when it arrives, comes back, and never jumps.
  @Test func seesAPeakComing() {
    var samples = sine(200, decibels: -12, seconds: 1)
    samples[48000] = 2
    let result = limit(samples, ceiling: 0)
    #expect(abs(result[48000]) <= 1.0001)
    #expect(abs(result[48000]) > 0.9)
    #expect(result[..<47000] == samples[..<47000])
    let end = zip(result[90000...], samples[90000...]).map { abs($0 - $1) }.max() ?? 1
    #expect(end < 0.005)
    let gains = (23000..<26000).compactMap { frame -> Float? in
      let sample = samples[frame * 2 + 1]
      return abs(sample) > 0.05 ? result[frame * 2 + 1] / sample : nil
    }
    let jump = zip(gains, gains.dropFirst()).map { abs($0 - $1) }.max() ?? 1
    #expect(jump < 0.1)
    #expect((gains.min() ?? 1) < 0.6)
  }

  @Test func piecesOfAnySizeGiveTheSame() {
    let samples = bursts(seconds: 0.5).map { $0 * 3 }
    let whole = limit(samples, ceiling: -1, pieces: samples.count)
    #expect(limit(samples, ceiling: -1, pieces: 1) == whole)
    #expect(limit(samples, ceiling: -1, pieces: 333) == whole)
    #expect(whole != samples)
  }

  @Test func nothingInNothingOut() {
    #expect(limit([], ceiling: -1).isEmpty)
    #expect(limit([0.5, 0.25], ceiling: -1) == [0.5, 0.25])
  }
}
