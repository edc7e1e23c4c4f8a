import Foundation
import SongEvaluation
import Testing

@Suite struct ReconstructionTests {
  private let rate = 24000

  private func measured(_ sound: [Float], _ reference: [Float]) throws -> Reconstruction.Result {
    try #require(
      try figures(sound, vocal: nil, reference: reference, rate: rate).reconstruction)
  }

  @Test func theSameSoundIsPerfect() throws {
    let song = Signal.events(seed: 5, seconds: 5, rate: rate)
    let result = try measured(song, song)
    #expect(try #require(result.snr) > 100)
    #expect(try #require(result.logSpectralDistance) < 1e-3)
    #expect((result.pitchError ?? 0) < 1e-3 && result.surplus == 0)
  }

  @Test func noiseOfKnownPower() throws {
    var (one, other) = (Signal.Noise(1), Signal.Noise(2))
    let signal = (0..<10 * rate).map { _ in 0.3 * one.next() }
    let noisy = signal.map { $0 + 0.03 * other.next() }
    let result = try measured(noisy, signal)
    #expect(abs(try #require(result.snr) - 20) < 0.2)
    // Half as loud: 6 dB in every bin, an SNR of 6 dB, and none without regard to the scale.
    let half = try measured(Signal.scaled(signal, 0.5), signal)
    #expect(abs(try #require(half.logSpectralDistance) - 6.02) < 0.05)
    #expect(abs(try #require(half.snr) - 6.02) < 0.01)
    #expect(try #require(half.scaleInvariantSNR) > 60)
  }

  @Test func pitchThatIsOff() throws {
    let reference = Signal.voice(220, seconds: 3, rate: rate)
    let off = Signal.voice(220 * pow(2, 30.0 / 1200), seconds: 3.5, rate: rate)
    let result = try measured(off, reference)
    #expect(abs(try #require(result.pitchError) - 30) < 2)
    #expect(abs(result.surplus - 0.5) < 1e-6)
    #expect(try #require(result.voicingError) < 0.05)
  }
}
