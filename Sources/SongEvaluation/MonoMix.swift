/// The mean of the channels of interleaved samples.
func monoMix(_ samples: UnsafeBufferPointer<Float>, channels: Int) -> [Float] {
  guard channels > 1 else { return Array(samples) }
  let scale = 1 / Float(channels)
  return (0..<samples.count / channels).map { frame in
    var sum: Float = 0
    for channel in 0..<channels { sum += samples[frame * channels + channel] }
    return sum * scale
  }
}
