import SongEvaluation
import Testing

@Suite struct TempoTests {
  @Test(arguments: [
    (40.0, 48000), (61, 48000), (73.3, 44100), (96, 48000), (120, 24000), (127.5, 48000),
    (150, 22050), (180, 48000), (222, 48000),
  ])
  func aClickTrackWithinOnePercent(bpm: Double, rate: Int) throws {
    let clicks = Signal.clicks(bpm: bpm, seconds: 30, rate: rate)
    let tempo = try #require(try figures(clicks, rate: rate).tempo)
    #expect(abs(tempo.bpm / bpm - 1) < 0.01, "\(tempo.bpm) for \(bpm)")
    #expect(tempo.strength > 0.5)
  }

  @Test func clicksInNoiseAndMelody() throws {
    var noise = Signal.Noise(3)
    let rate = 24000
    let clicks = Signal.clicks(bpm: 104, seconds: 20, rate: rate)
    let melody = Signal.melody(
      [60, 64, 67, 72, 71, 67, 62, 65].map(Signal.note), each: 2.5, rate: rate, level: 0.1)
    let sound = Signal.sum(clicks, melody).map { $0 + 0.01 * noise.next() }
    let tempo = try #require(try figures(sound, rate: rate).tempo)
    #expect(abs(tempo.bpm / 104 - 1) < 0.01, "\(tempo.bpm)")
  }

  @Test func noTempoWithoutOnsets() throws {
    let rate = 24000
    #expect(try figures([Float](repeating: 0, count: 10 * rate), rate: rate).tempo == nil)
    let short = Signal.clicks(bpm: 120, seconds: 2, rate: rate)
    #expect(try figures(short, rate: rate).tempo == nil)
    var noise = Signal.Noise(5)
    let hiss = (0..<20 * rate).map { _ in 0.1 * noise.next() }
    #expect((try figures(hiss, rate: rate).tempo?.strength ?? 0) < 0.2)
  }

  @Test func agreementForgivesOctavesOnlyWhereItSaysSo() {
    let half = TempoAgreement(asked: 120, found: 61)
    #expect(abs(half.error + 0.4917) < 1e-3)
    #expect(abs(half.foldedError - 0.0167) < 1e-3)
    #expect(TempoAgreement(asked: 96, found: 96).foldedError == 0)
  }
}
