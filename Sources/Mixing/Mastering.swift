/// Brings a spooled mix to its loudness and under its true-peak ceiling.
///
/// Gain changes loudness exactly, but a limiter takes some of it away and moves peaks a little. So
/// the mix is measured, then played through gain and limiter until both figures of the result are
/// right, at most ``rounds`` times; each round corrects gain and ceiling by what was measured. A
/// peak that is still too high after that is met by a last factor. Only then is it played to the
/// caller, bit by bit the same.
public struct Mastering {
  /// The most by which a quiet mix is made louder, dB.
  public static let mostGain = 24.0
  /// The most that is added to make up for the limiter, dB.
  private static let mostDrive = 6.0
  private static let rounds = 6
  /// How close loudness must come, LU.
  private static let closeness = 0.05

  private let spool: SampleSpool
  private let sampleRate: Int
  private let settings: MasterSettings
  private let fade: Fade
  private var plan = Plan()

  private struct Plan {
    /// dB before the limiter.
    var gain = 0.0
    /// Where the limiter holds the peaks, dB; nil means it is left out.
    var ceiling: Double?
    /// dB after the limiter.
    var trim = 0.0
  }

  private struct Measurement {
    var loudness: Double?
    /// dB.
    var truePeak: Double
    /// dB.
    var limited: Double
  }

  public init(_ spool: SampleSpool, sampleRate: Int, settings: MasterSettings) {
    self.spool = spool
    self.sampleRate = sampleRate
    self.settings = settings
    fade = Fade(
      rise: Int(settings.fadeIn * Double(sampleRate)),
      fall: Int(settings.fadeOut * Double(sampleRate)), frames: spool.frames)
  }

  /// Finds the gain and ceiling and says what the result will be.
  ///
  /// - Throws: ``MixingFailure`` when the spool cannot be read.
  public mutating func prepare() throws(MixingFailure) -> MasterReport {
    plan = Plan()
    var warnings: [MasterReport.Warning] = []
    var result = try measure()
    if let target = settings.loudness {
      if let loudness = result.loudness {
        plan.gain = target - loudness
        if plan.gain > Mastering.mostGain {
          plan.gain = Mastering.mostGain
          warnings.append(.quiet(loudness))
        }
      } else {
        warnings.append(result.truePeak < -70 ? .silent : .unmeasurable)
      }
    }
    result.loudness = result.loudness.map { $0 + plan.gain }
    result.truePeak += plan.gain
    if let ceiling = settings.truePeak, result.truePeak > ceiling {
      let target = settings.loudness == nil ? nil : result.loudness
      result = try limit(to: ceiling, loudness: target)
      if let target, let reached = result.loudness, reached < target - 0.2 {
        warnings.append(.shortOfTarget(reached))
      }
    }
    return MasterReport(
      frames: spool.frames, loudness: result.loudness, truePeak: result.truePeak, gain: plan.gain,
      limited: result.limited, warnings: warnings)
  }

  /// Corrects the plan until the limited mix has the loudness and keeps the ceiling, dB.
  private mutating func limit(
    to ceiling: Double, loudness: Double?
  ) throws(MixingFailure) -> Measurement {
    let most = plan.gain + Mastering.mostDrive
    var hold = ceiling
    plan.ceiling = hold
    var result = try measure()
    for _ in 1..<Mastering.rounds {
      let missing = loudness.flatMap { target in result.loudness.map { target - $0 } } ?? 0
      let gain = min(most, plan.gain + missing)
      let excess = result.truePeak - ceiling
      let louder = abs(missing) > Mastering.closeness && gain != plan.gain
      if !louder && excess <= 0 { break }
      if louder { plan.gain = gain }
      if excess > 0 {
        hold -= excess + 0.01
        plan.ceiling = hold
      }
      result = try measure()
    }
    if result.truePeak > ceiling {
      plan.trim = ceiling - result.truePeak
      result.truePeak = ceiling
      result.loudness = result.loudness.map { $0 + plan.trim }
    }
    return result
  }

  private func measure() throws(MixingFailure) -> Measurement {
    let meter = try LoudnessMeter(sampleRate: sampleRate)
    var player = player()
    while let samples = try player.next() { samples.withUnsafeBufferPointer { meter.add($0) } }
    return Measurement(
      loudness: meter.loudness, truePeak: decibels(meter.truePeak),
      limited: decibels(player.leastGain))
  }

  /// Plays the mix as ``prepare()`` decided, from its beginning.
  public func player() -> MasterPlayer {
    let limiter = plan.ceiling.map {
      Limiter(ceiling: factor(decibels: $0), sampleRate: sampleRate)
    }
    return MasterPlayer(spool, fade: fade, gain: plan.gain, trim: plan.trim, limiter: limiter)
  }
}
