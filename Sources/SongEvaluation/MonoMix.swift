/// The mean of the channels of interleaved samples, each ``bounded(_:)``.
func monoMix(_ samples: UnsafeBufferPointer<Float>, channels: Int) -> [Float] {
  guard channels > 1 else { return samples.map(bounded) }
  let scale = 1 / Float(channels)
  return (0..<samples.count / channels).map { frame in
    var sum: Float = 0
    for channel in 0..<channels { sum += bounded(samples[frame * channels + channel]) }
    return sum * scale
  }
}

/// A sample as it is up to 120 dB over full scale, and that beyond, so that no power of it is infinite;
/// what is not a number is the lowest.
@inline(__always)
func bounded(_ sample: Float) -> Float {
  sample > 1e6 ? 1e6 : sample > -1e6 ? sample : -1e6
}
