/// What is done to the mix as a whole.
public struct MasterSettings: Sendable, Hashable {
  /// Integrated loudness to reach, LUFS; nil leaves the level as it is.
  public var loudness: Double?
  /// The highest true peak, dBTP; nil means no limiter.
  public var truePeak: Double?
  /// Seconds.
  public var fadeIn: Double
  /// Seconds.
  public var fadeOut: Double

  public static let loudnesses = -50.0 ... -5.0
  public static let truePeaks = -20.0...0.0
  public static let fades = 0.0...60.0

  public init(
    loudness: Double? = -14, truePeak: Double? = -1, fadeIn: Double = 0, fadeOut: Double = 0
  ) {
    self.loudness = loudness
    self.truePeak = truePeak
    self.fadeIn = fadeIn
    self.fadeOut = fadeOut
  }
}

/// What a mix turned out to be.
public struct MasterReport: Sendable, Hashable {
  /// Frames of the programme.
  public var frames: Int
  /// Integrated loudness in LUFS; nil when there is nothing to measure.
  public var loudness: Double?
  /// True peak in dBTP; minus infinity for silence.
  public var truePeak: Double
  /// Gain applied before the limiter, dB.
  public var gain: Double
  /// The most by which the limiter turned down, dB, 0 or negative.
  public var limited: Double
  /// What the user should know.
  public var warnings: [Warning]

  public enum Warning: Sendable, Hashable {
    /// There is nothing but silence; the level is left as it is.
    case silent
    /// Too short, or too quiet throughout, for a loudness; the level is left as it is.
    case unmeasurable
    /// So quiet, in LUFS, that the gain is held at ``Mastering/mostGain``.
    case quiet(Double)
    /// The limiter keeps it from the target; this, in LUFS, is what it has.
    case shortOfTarget(Double)
  }
}

extension MasterReport.Warning: CustomStringConvertible {
  public var description: String {
    func tenths(_ value: Double) -> String {
      let units = Int((abs(value) * 10).rounded())
      return (value < 0 && units > 0 ? "-" : "") + "\(units / 10).\(units % 10)"
    }
    return switch self {
    case .silent:
      "it is silent; the level is left as it is"
    case .unmeasurable:
      "too short or too quiet to measure its loudness; the level is left as it is"
    case .quiet(let loudness):
      "it is very quiet (\(tenths(loudness)) LUFS); made louder by only \(Int(Mastering.mostGain)) dB"
    case .shortOfTarget(let loudness):
      "the limiter holds it at \(tenths(loudness)) LUFS; choose a lower --loudness"
    }
  }
}
