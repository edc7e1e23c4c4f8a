import AudioIO
import Foundation
import Testing

@Suite struct ResamplerTests {
  private func convert(_ samples: [Float], from: Int, to: Int, pieces: Int) throws -> [Float] {
    let resampler = try Resampler(from: from, to: to, channels: 2)
    var result: [Float] = []
    samples.withUnsafeBufferPointer { samples in
      for start in stride(from: 0, to: samples.count, by: pieces * 2) {
        let part = samples[start..<min(start + pieces * 2, samples.count)]
        resampler.process(UnsafeBufferPointer(rebasing: part), last: false) { result += $0 }
      }
      resampler.process(UnsafeBufferPointer(start: nil, count: 0), last: true) { result += $0 }
    }
    return result
  }

  @Test(arguments: [(48000, 44100), (44100, 48000), (48000, 16000), (8000, 48000)])
  func aToneKeepsItsPitchAndPlace(from: Int, to: Int) throws {
    let samples = tone(from, frequency: 1000, rate: Double(from))
    let result = try convert(samples, from: from, to: to, pieces: 1000)
    #expect(abs(result.count / 2 - to) <= 1)
    let expected = tone(to, frequency: 1000, rate: Double(to))
    let middle = (to / 10)..<(to * 9 / 10)
    let worst = middle.map { abs(result[$0 * 2] - expected[$0 * 2]) }.max()
    #expect(try #require(worst) < 1e-4)
  }

  @Test func piecesOfAnySizeGiveTheSame() throws {
    let samples = tone(5000)
    let whole = try convert(samples, from: 48000, to: 44100, pieces: 5000)
    #expect(try convert(samples, from: 48000, to: 44100, pieces: 1) == whole)
    #expect(try convert(samples, from: 48000, to: 44100, pieces: 777) == whole)
  }

  @Test func impossibleRatesAreRefused() {
    #expect(throws: AudioFailure.self) { try Resampler(from: 1000, to: 500_000, channels: 2) }
    #expect(throws: AudioFailure.self) { try Resampler(from: 0, to: 48000, channels: 2) }
    #expect(throws: AudioFailure.self) { try Resampler(from: 48000, to: 44100, channels: 65) }
  }
}
