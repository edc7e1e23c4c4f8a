import CSamplerate
import Diagnostics

/// Changes the sample rate of interleaved audio piece by piece (libsamplerate's best sinc filter).
///
/// The output is aligned with the input: no delay is added, and `n` frames become
/// `n · to / from`, rounded.
public final class Resampler {
  public let channels: Int

  private let state: OpaquePointer
  private let ratio: Double
  private var output: [Float]

  /// - Throws: ``AudioFailure`` with status 65 for rates that are more than 256 times apart.
  ///
  /// Calls `src_new`.
  public init(from: Int, to: Int, channels: Int) throws(AudioFailure) {
    guard AudioLimits.sampleRates.contains(from), AudioLimits.sampleRates.contains(to),
      AudioLimits.channels.contains(channels)
    else {
      throw AudioFailure(
        .data, "cannot convert \(channels) channels from \(from) Hz to \(to) Hz")
    }
    ratio = Double(to) / Double(from)
    var code: Int32 = 0
    guard src_is_valid_ratio(ratio) != 0,
      let state = src_new(Int32(SRC_SINC_BEST_QUALITY), Int32(channels), &code)
    else { throw AudioFailure(.data, "cannot convert from \(from) Hz to \(to) Hz") }
    self.state = state
    self.channels = channels
    output = [Float](repeating: 0, count: 4096 * channels)
  }

  deinit { src_delete(state) }

  /// Takes whole frames and hands on what comes out of them, in pieces.
  ///
  /// - Parameter last: Whether the input ends here; what the filter holds back follows.
  ///
  /// Calls `src_process`.
  public func process<Failure: Error>(
    _ input: UnsafeBufferPointer<Float>, last: Bool,
    _ emit: (UnsafeBufferPointer<Float>) throws(Failure) -> Void
  ) throws(Failure) {
    // Without an address, though to no samples, libsamplerate does not give out what it holds back.
    let nothing: Float = 0
    try withUnsafePointer(to: nothing) { nothing throws(Failure) in
      try process(input.baseAddress ?? nothing, frames: input.count / channels, last: last, emit)
    }
  }

  private func process<Failure: Error>(
    _ input: UnsafePointer<Float>, frames: Int, last: Bool,
    _ emit: (UnsafeBufferPointer<Float>) throws(Failure) -> Void
  ) throws(Failure) {
    var used = 0
    while true {
      var made = 0
      output.withUnsafeMutableBufferPointer { output in
        var data = SRC_DATA()
        data.data_in = input + used * channels
        data.input_frames = frames - used
        data.data_out = output.baseAddress
        data.output_frames = output.count / channels
        data.end_of_input = last ? 1 : 0
        data.src_ratio = ratio
        // With a valid state, ratio and buffers there is no failure to report.
        guard src_process(state, &data) == 0 else { return }
        used += data.input_frames_used
        made = data.output_frames_gen
      }
      if made == 0 && (used == frames || last) { return }
      if made > 0 {
        var failure: Failure?
        output.withUnsafeBufferPointer { output in
          do throws(Failure) {
            try emit(UnsafeBufferPointer(rebasing: output[..<(made * channels)]))
          } catch { failure = error }
        }
        if let failure { throw failure }
      }
    }
  }
}
