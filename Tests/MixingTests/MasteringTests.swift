import Mixing
import Testing

@Suite struct MasteringTests {
  @Test(arguments: [-14.0, -16, -23])
  func reachesItsLoudnessUnderTheCeiling(target: Double) throws {
    let source = bursts(seconds: 6)
    var mastering = Mastering(
      try spool(source), sampleRate: 48000, settings: MasterSettings(loudness: target))
    let report = try mastering.prepare()
    let samples = try all(mastering)
    #expect(samples.count == source.count && report.frames == source.count / 2)
    let result = try measure(samples)
    #expect(abs(try #require(result.loudness) - target) < 0.1)
    #expect(result.peak <= -1 + 1e-4)
    #expect(abs(try #require(report.loudness) - (result.loudness ?? 0)) < 0.02)
    #expect(abs(report.truePeak - result.peak) < 0.02)
    #expect(report.warnings.isEmpty)
  }

  @Test func onlyGainWhereThePeaksAllowIt() throws {
    let source = sine(1000, decibels: -30, seconds: 3)
    var mastering = Mastering(try spool(source), sampleRate: 48000, settings: MasterSettings())
    let report = try mastering.prepare()
    #expect(abs(report.gain - 16) < 0.1 && report.limited == 0)
    let gain = Float(factor(decibels: report.gain))
    #expect(try all(mastering) == source.map { $0 * gain })
  }

  @Test func nothingIsChangedWhenNothingIsWanted() throws {
    let source = bursts(seconds: 1).map { $0 * 2 }
    let settings = MasterSettings(loudness: nil, truePeak: nil)
    var mastering = Mastering(try spool(source), sampleRate: 48000, settings: settings)
    let report = try mastering.prepare()
    #expect(try all(mastering) == source)
    #expect(report.gain == 0 && report.truePeak > 0)
  }

  @Test func withoutATargetOnlyPeaksAreLimited() throws {
    let source = bursts(seconds: 2).map { $0 * 2 }
    let settings = MasterSettings(loudness: nil)
    var mastering = Mastering(try spool(source), sampleRate: 48000, settings: settings)
    let report = try mastering.prepare()
    #expect(report.gain == 0 && report.limited < -3)
    #expect(try measure(all(mastering)).peak <= -1 + 1e-4)
  }

  @Test func silenceIsNotMadeLouder() throws {
    for (source, warning) in [
      ([Float](repeating: 0, count: 96000), MasterReport.Warning.silent),
      (sine(1000, decibels: -95, seconds: 2), .silent),
      (sine(1000, decibels: -10, seconds: 0.2), .unmeasurable), ([], .silent),
    ] {
      var mastering = Mastering(try spool(source), sampleRate: 48000, settings: MasterSettings())
      let report = try mastering.prepare()
      #expect(report.warnings == [warning])
      #expect(report.gain == 0 && report.loudness == nil)
      #expect(try all(mastering) == source)
    }
  }

  @Test func aQuietSongIsMadeLouderByNoMoreThan24Decibels() throws {
    let source = sine(1000, decibels: -50, seconds: 2)
    var mastering = Mastering(try spool(source), sampleRate: 48000, settings: MasterSettings())
    let report = try mastering.prepare()
    #expect(report.gain == 24)
    guard case .quiet(let loudness) = try #require(report.warnings.first) else {
      Issue.record("\(report.warnings)")
      return
    }
    #expect(abs(loudness + 50) < 0.1)
    #expect(abs(try #require(try measure(all(mastering)).loudness) + 26) < 0.1)
  }

  @Test func saysSoWhenTheLimiterIsInTheWay() throws {
    var settings = MasterSettings(loudness: -5, truePeak: -20)
    settings.fadeIn = 0
    let source = bursts(seconds: 3)
    var mastering = Mastering(try spool(source), sampleRate: 48000, settings: settings)
    let report = try mastering.prepare()
    let reached = try #require(report.loudness)
    #expect(report.warnings == [.shortOfTarget(reached)])
    #expect(reached < -10)
    #expect(report.warnings.first?.description.contains("--loudness") == true)
    #expect(try measure(all(mastering)).peak <= -20 + 1e-4)
  }

  @Test func fadesAreMeasuredToo() throws {
    let settings = MasterSettings(loudness: nil, truePeak: nil, fadeIn: 0.5, fadeOut: 1)
    let source = [Float](repeating: 0.5, count: 2 * 3 * 8000)
    let samples = try all(Mastering(try spool(source), sampleRate: 8000, settings: settings))
    #expect(samples[0] == 0 && samples[1] == 0)
    #expect(abs(samples[2 * 2000] - 0.25) < 1e-3)
    #expect(samples[2 * 4000] == 0.5 && samples[2 * 15999] == 0.5)
    #expect(abs(samples[2 * 20000] - 0.25) < 1e-3)
    #expect(samples[2 * 23999] == 0)
    let rising = samples[..<8000]
    #expect(zip(rising, rising.dropFirst(2)).allSatisfy { $0 <= $1 })
  }

  @Test func fadesLongerThanTheSongMeet() throws {
    let settings = MasterSettings(loudness: nil, truePeak: nil, fadeIn: 60, fadeOut: 60)
    let source = [Float](repeating: 0.5, count: 1000)
    let samples = try all(Mastering(try spool(source), sampleRate: 8000, settings: settings))
    #expect(samples.count == 1000 && samples.allSatisfy { $0.isFinite && $0 < 0.01 })
  }
}
