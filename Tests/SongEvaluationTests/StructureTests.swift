import SongEvaluation
import Testing

@Suite struct LoopTests {
  private let rate = 24000

  @Test func aPlantedRepetitionIsFound() throws {
    let song = Signal.events(seed: 1, seconds: 30, rate: rate)
    let copy = Array(song[4 * rate..<10 * rate])
    let looped = Array(song[..<(17 * rate)]) + copy + Array(song[(17 * rate)...])
    let result = try figures(looped, rate: rate)
    let loop = try #require(result.loop)
    #expect(abs(loop.start - 17) < 0.5 && abs(loop.lag - 13) < 0.1, "\(loop)")
    #expect(abs(loop.seconds - 6) < 1)
    #expect(abs(result.loopShare - 6.0 / 36) < 0.04, "\(result.loopShare)")
  }

  /// The copy begins between two frames, is quieter, and noise lies over it.
  @Test func aCopyThatIsNotExact() throws {
    var noise = Signal.Noise(9)
    let song = Signal.events(seed: 2, seconds: 20, rate: rate)
    let copy = Signal.scaled(Array(song[101_111..<203_333]), 0.7)
    let looped = (song + copy).map { $0 + 0.001 * noise.next() }
    let loop = try #require(try figures(looped, rate: rate).loop)
    #expect(abs(loop.start - 20) < 0.6, "\(loop)")
    #expect(abs(loop.lag - (20 - 101_111.0 / 24000)) < 0.1, "\(loop)")
  }

  @Test func aPhraseOverAndOver() throws {
    let phrase = Signal.events(seed: 3, seconds: 2.5, rate: rate)
    let stuck = (0..<8).flatMap { _ in phrase }
    let result = try figures(stuck, rate: rate)
    #expect(result.loopShare > 0.8, "\(result.loopShare)")
    #expect(abs((result.loop?.lag ?? 0) - 2.5) < 0.1)
  }

  @Test(arguments: 1...5) func noLoopInWhatIsAlwaysNew(seed: Int) throws {
    let song = Signal.events(seed: UInt64(seed * 100), seconds: 40, rate: rate)
    let result = try figures(song, rate: rate)
    #expect(result.loopShare < 0.02, "\(result.loopShare) \(String(describing: result.loop))")
  }

  @Test func silenceIsNoLoop() throws {
    let result = try figures([Float](repeating: 0, count: 20 * rate), rate: rate)
    #expect(result.loop == nil && result.loopShare == 0)
  }
}

@Suite struct BorderTests {
  private let rate = 24000

  @Test func aChangeOfSoundIsABorder() throws {
    let low = Signal.melody(
      (0..<24).map { Signal.note(45 + [0, 3, 7, 12][$0 % 4]) }, each: 0.5, rate: rate, level: 0.3)
    var noise = Signal.Noise(4)
    let high = Signal.melody(
      (0..<32).map { Signal.note(74 + [0, 4, 7, 11][$0 % 4]) }, each: 0.5, rate: rate, level: 0.1
    ).map { $0 + 0.05 * noise.next() }
    let result = try figures(low + high + low, rate: rate)
    let agreement = try #require(
      BorderAgreement(found: result.borders, known: [12, 28], tolerance: 1))
    #expect(agreement.fMeasure == 1, "\(result.borders)")
  }

  @Test func oneSoundHasNone() throws {
    let notes = (0..<60).map { Signal.note(57 + [0, 3, 7, 12][$0 % 4]) }
    let result = try figures(Signal.melody(notes, each: 0.5, rate: rate), rate: rate)
    #expect(result.borders.count <= 1, "\(result.borders)")
  }

  @Test func hitsAreCountedOnce() throws {
    let agreement = try #require(
      BorderAgreement(found: [9, 10, 11, 50], known: [10, 30], tolerance: 3))
    #expect(agreement.precision == 0.25 && agreement.recall == 0.5)
    #expect(abs(agreement.fMeasure - 1.0 / 3) < 1e-12)
    #expect(BorderAgreement(found: [1], known: [], tolerance: 3) == nil)
    #expect(BorderAgreement(found: [], known: [5], tolerance: 3)?.fMeasure == 0)
  }
}
