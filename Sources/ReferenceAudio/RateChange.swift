import Mixing
import MusicCodec

/// Stereo samples that come in at one rate, and a range of them that is kept at another.
final class RateChange {
  private let resampler: SincResampler?
  /// What is kept.
  let spool: SampleSpool
  private let wanted: Range<Int>
  private var position: Int

  /// - Parameters:
  ///   - wanted: the frames at the rate `to` that are kept.
  ///   - start: the frame at the rate `to` that the first sample becomes.
  init(from: Int, to: Int, wanted: Range<Int>, start: Int = 0) throws {
    resampler = from == to ? nil : try SincResampler(from: from, to: to, channels: 2)
    spool = try SampleSpool()
    self.wanted = wanted
    position = start
  }

  /// Whether nothing that may still come is wanted.
  var isFull: Bool { position >= wanted.upperBound }

  /// Takes interleaved stereo.
  func push(_ samples: [Float]) throws {
    if isFull { return }
    try keep(resampler?.push(samples) ?? samples)
  }

  /// Ends the input.
  func finish() throws -> SpooledSong {
    if !isFull, let rest = resampler?.finish() { try keep(rest) }
    return SpooledSong(spool)
  }

  private func keep(_ samples: [Float]) throws {
    let frames = position..<position + samples.count / 2
    position = frames.upperBound
    let part = frames.clamped(to: wanted)
    guard !part.isEmpty else { return }
    if part == frames { return try spool.append(samples) }
    let first = 2 * (part.lowerBound - frames.lowerBound)
    try spool.append(Array(samples[first..<first + 2 * part.count]))
  }
}
