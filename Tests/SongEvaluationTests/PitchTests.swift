import Foundation
import SongEvaluation
import Testing

@Suite struct PitchTests {
  @Test(arguments: [
    (440.0, 48000), (440, 44100), (440, 24000), (110, 48000), (82.4, 48000), (220, 22050),
    (659.3, 48000), (987.8, 44100),
  ])
  func aVoiceWithinFiveCents(frequency: Double, rate: Int) throws {
    let voice = Signal.voice(frequency, seconds: 2, rate: rate)
    let pitch = try #require(try figures(voice, vocal: voice, rate: rate).pitch)
    #expect(abs(1200 * log2(pitch.median / frequency)) < 5, "\(pitch.median)")
    #expect(pitch.voiced > 0.95)
    #expect(pitch.semitones < 0.2)
  }

  @Test func aMelodyHasItsRangeAndTuning() throws {
    let rate = 24000
    let sharp = pow(2, 20.0 / 1200)
    let notes = [57, 59, 61, 62, 64, 66, 68, 69].map { Signal.note($0) * sharp }
    let melody = Signal.melody(notes, each: 0.5, rate: rate)
    let pitch = try #require(try figures(melody, vocal: melody, rate: rate).pitch)
    #expect(abs(pitch.tuning - 20) < 3, "\(pitch.tuning)")
    #expect(pitch.deviation < 3, "\(pitch.deviation)")
    #expect(abs(pitch.semitones - 12) < 0.3, "\(pitch.semitones)")
  }

  @Test func aVoiceOffTheScaleDeviates() throws {
    var noise = Signal.Noise(11)
    let notes = (0..<24).map { _ in 220 * pow(2, Double(noise.next() + 1) / 2) }
    let melody = Signal.melody(notes, each: 0.4, rate: 24000)
    let pitch = try #require(try figures(melody, vocal: melody, rate: 24000).pitch)
    #expect(pitch.deviation > 12, "\(pitch.deviation)")
  }

  @Test func noiseAndSilenceHaveNoPitch() throws {
    var noise = Signal.Noise(2)
    let hiss = (0..<48000).map { _ in 0.3 * noise.next() }
    #expect((try figures(hiss, vocal: hiss, rate: 24000).pitch?.voiced ?? 0) < 0.02)
    let quiet = Signal.scaled(Signal.voice(440, seconds: 1, rate: 24000), 1e-4)
    #expect(try figures(quiet, vocal: quiet, rate: 24000).pitch == nil)
  }

  @Test func theTrackHasAValueEachHundredth() throws {
    let voice = Signal.voice(200, seconds: 1.5, rate: 48000)
    let result = try figures(voice, vocal: voice, rate: 48000)
    #expect(result.pitchTrack.count == 150)
    #expect(abs(result.pitchPeriod - 0.01) < 1e-9)
  }
}
