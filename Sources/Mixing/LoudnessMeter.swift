import CEBUR128
import Diagnostics

/// Loudness, its range and true peak after EBU R128, EBU Tech 3342 and ITU-R BS.1770-4
/// (libebur128).
public final class LoudnessMeter {
  private var state: UnsafeMutablePointer<ebur128_state>?
  private let channels: Int

  /// - Parameters:
  ///   - channels: 1 to 64; one channel counts once, and of more than five those count that BS.1770
  ///     names.
  ///   - range: Whether ``loudnessRange`` will be asked for.
  /// - Throws: ``MixingFailure`` with status 70 when libebur128 refuses the rate.
  ///
  /// Calls `ebur128_init`.
  public init(
    sampleRate: Int, channels: Int = 2, range: Bool = false
  ) throws(MixingFailure) {
    var mode = EBUR128_MODE_I.rawValue | EBUR128_MODE_TRUE_PEAK.rawValue
    if range { mode |= EBUR128_MODE_LRA.rawValue }
    self.channels = max(1, channels)
    state = ebur128_init(
      UInt32(self.channels), UInt(max(0, sampleRate)), Int32(mode))
    guard state != nil else {
      throw MixingFailure(.software, "cannot measure loudness at \(sampleRate) Hz")
    }
  }

  deinit { ebur128_destroy(&state) }

  /// Takes interleaved frames. Calls `ebur128_add_frames_float`.
  public func add(_ samples: UnsafeBufferPointer<Float>) {
    guard let base = samples.baseAddress else { return }
    ebur128_add_frames_float(state, base, samples.count / channels)
  }

  /// Integrated loudness in LUFS; nil when nothing is above the absolute gate of -70 LUFS or there
  /// is less than one block of 0.4 s.
  ///
  /// Calls `ebur128_loudness_global`.
  public var loudness: Double? {
    var value = -Double.infinity
    guard ebur128_loudness_global(state, &value) == Int32(EBUR128_SUCCESS.rawValue),
      value.isFinite
    else { return nil }
    return value
  }

  /// The loudness range in LU; nil when there is nothing to measure, or it was not to be measured.
  ///
  /// Calls `ebur128_loudness_range`.
  public var loudnessRange: Double? {
    var value = 0.0
    guard loudness != nil,
      ebur128_loudness_range(state, &value) == Int32(EBUR128_SUCCESS.rawValue), value.isFinite
    else { return nil }
    return value
  }

  /// The highest true peak of all channels as a factor: 1 is 0 dBTP.
  ///
  /// Calls `ebur128_true_peak`.
  public var truePeak: Double {
    (0..<channels).map { channel in
      var value = 0.0
      ebur128_true_peak(state, UInt32(channel), &value)
      return value
    }.max() ?? 0
  }
}
