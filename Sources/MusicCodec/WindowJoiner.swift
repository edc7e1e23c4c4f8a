import Glibc
public import Neural

/// Windows of latents to one waveform: each is decoded by itself, and neighbours are cross-faded over
/// the frames that they share.
public final class WindowJoiner: WaveformMaker {
  private let decoder: VAEDecoder
  private let overlap: Int
  private let pool: ThreadPool
  /// The end of the last window, to be faded out.
  private var fading: [Float] = []

  /// - Parameter overlap: latents that neighbours share.
  public init(_ decoder: VAEDecoder, overlap: Int, pool: ThreadPool) {
    self.decoder = decoder
    self.overlap = overlap
    self.pool = pool
  }

  /// The samples [n, channels] that follow those given out before.
  ///
  /// - Parameters:
  ///   - latents: a window, [frames, latent].
  ///   - wanted: samples that are needed, for the last window; `nil` when another window follows,
  ///     whose overlap is held back.
  public func add(_ latents: [Float], wanted: Int?) -> [Float] {
    let width = decoder.config.decoder.latent
    let channels = decoder.config.audioChannels
    let perLatent = decoder.ratio * channels
    // What lies beyond the samples that are wanted matters no farther than the decoder sees.
    let frames = latents.count / width
    let needed = wanted.map {
      min(frames, ($0 + decoder.ratio - 1) / decoder.ratio + decoder.reach)
    }
    var samples: [Float] = []
    samples.reserveCapacity((needed ?? frames) * perLatent)
    let stream = VAEDecoderStream(decoder, pool: pool)
    latents.withUnsafeBufferPointer {
      let part = UnsafeBufferPointer(rebasing: $0.prefix((needed ?? frames) * width))
      stream.push(part) { samples += $0 }
    }
    stream.finish { samples += $0 }
    fade(into: &samples, channels: channels)
    guard let wanted else {
      let hold = min(samples.count, overlap * perLatent)
      fading = Array(samples.suffix(hold))
      samples.removeLast(hold)
      return samples
    }
    fading = []
    samples.removeLast(max(0, samples.count - wanted * channels))
    return samples
  }

  /// out = old (1 - r) + new r with r from 0 to 1, both ends included, in f64.
  private func fade(into samples: inout [Float], channels: Int) {
    let count = fading.count / channels
    let step = 1 / Double(max(1, count - 1))
    for index in 0..<min(fading.count, samples.count) {
      let ramp = Double(index / channels) * step
      samples[index] = Float(
        Double(fading[index]) * (1 - ramp) + Double(samples[index]) * ramp)
    }
  }
}
