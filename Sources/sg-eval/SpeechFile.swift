import AudioIO
import Diagnostics
import SongEvaluation
import ToolSupport

/// The sound for a recogniser: a WAV file, mono, 16 kHz, 16 bits.
final class SpeechFile {
  private let file: TemporaryFile
  private let writer: AudioWriter
  private let resampler: Resampler
  private let channels: Int

  init(sampleRate: Int, channels: Int) throws {
    self.channels = channels
    file = try TemporaryFile(suffix: ".wav")
    resampler = try Resampler(from: sampleRate, to: Recogniser.sampleRate, channels: 1)
    writer = try AudioWriter(
      descriptor: file.descriptor, name: "a temporary file",
      format: AudioFileFormat(.wav, bits: 16), sampleRate: Recogniser.sampleRate, channels: 1)
  }

  /// Takes interleaved samples.
  func take(_ samples: UnsafeBufferPointer<Float>) throws {
    let mono = (0..<samples.count / channels).map { frame in
      var sum: Float = 0
      for channel in 0..<channels {
        sum += max(-1, min(1, samples[frame * channels + channel]))
      }
      return sum / Float(channels)
    }
    try mono.withUnsafeBufferPointer { try pass($0, last: false) }
  }

  /// Ends the file.
  ///
  /// - Returns: Its path, which is there as long as this object is.
  func finish() throws -> String {
    try pass(UnsafeBufferPointer(start: nil, count: 0), last: true)
    try writer.finish()
    return file.path ?? ""
  }

  private func pass(_ samples: UnsafeBufferPointer<Float>, last: Bool) throws(AudioFailure) {
    try resampler.process(samples, last: last) { (samples) throws(AudioFailure) in
      let integers = samples.map { sample -> Int32 in
        Int32((min(1, max(-1, sample)) * 32767).rounded()) << 16
      }
      var failure: AudioFailure?
      integers.withUnsafeBufferPointer { integers in
        do throws(AudioFailure) { try writer.write(integers: integers) } catch { failure = error }
      }
      if let failure { throw failure }
    }
  }
}
