import Neural

/// Windows of latents to one waveform without seams: the autoencoder runs along the song once, and of a
/// window takes the frames that its predecessor did not have.
///
/// The reference decodes every window by itself and cross-fades (``WindowJoiner``). The frames that
/// windows share are the same latents, so this differs only within ``VAEDecoder/reach`` latents of a
/// window's ends, where a window by itself hears silence beyond.
final class WaveformStream: WaveformMaker {
  private let decoder: VAEDecoder
  private let overlap: Int
  private let stream: VAEDecoderStream
  private var isFirst = true
  /// Latents fed, and samples given out.
  private var fed = 0
  private var given = 0

  init(_ decoder: VAEDecoder, overlap: Int, pool: ThreadPool) {
    self.decoder = decoder
    self.overlap = overlap
    stream = VAEDecoderStream(decoder, pool: pool)
  }

  func add(_ latents: [Float], wanted: Int?) -> [Float] {
    let width = decoder.config.decoder.latent
    let channels = decoder.config.audioChannels
    let fresh = latents.dropFirst(isFirst ? 0 : overlap * width)
    isFirst = false
    // What lies beyond the samples that are wanted matters no farther than the decoder sees.
    let frames = fresh.count / width
    let needed = wanted.map {
      min(frames, max(0, (given + $0 + decoder.ratio - 1) / decoder.ratio + decoder.reach - fed))
    }
    var samples: [Float] = []
    samples.reserveCapacity((needed ?? frames) * decoder.ratio * channels)
    fresh.withUnsafeBufferPointer {
      let part = UnsafeBufferPointer(rebasing: $0.prefix((needed ?? frames) * width))
      stream.push(part) { samples += $0 }
    }
    fed += needed ?? frames
    if let wanted {
      stream.finish { samples += $0 }
      samples.removeLast(max(0, samples.count - wanted * channels))
    }
    given += samples.count / channels
    return samples
  }
}

/// Latents of windows to the samples of a song.
protocol WaveformMaker: AnyObject {
  /// The samples [n, channels] that follow those given out before.
  ///
  /// - Parameters:
  ///   - latents: a window, [frames, latent].
  ///   - wanted: samples that are needed, for the last window; `nil` when another window follows.
  func add(_ latents: [Float], wanted: Int?) -> [Float]
}

/// How the waveforms of windows become one.
public enum WindowJoin: String, Sendable, Hashable, CaseIterable {
  /// One run of the autoencoder along the song: each latent is decoded once.
  case stream
  /// Each window by itself, neighbours cross-faded over what they share, as the reference does.
  case crossfade
}
