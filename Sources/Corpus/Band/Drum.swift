/// A drum: samples that are the same at every stroke, in whole frames.
enum Drum: Int, Sendable, CaseIterable {
  case kick, snare, rim, hat, openHat, shaker, ride

  /// Its samples.
  func samples() -> [Float] {
    switch self {
    case .kick:
      // A tone that falls from 160 to 50 Hz.
      return Self.stroke(frames: 4) { time in
        let turns = 50 * time + 110 / 22 * (1 - decay(22 * time))
        return 1.1 * Grid.wave(turns) * decay(14 * time)
      }
    case .snare:
      let noise = Self.noise(self, edge: 0.3)
      return Self.stroke(frames: 3) { time in
        0.55 * noise(time) * decay(26 * time) + 0.45 * Grid.wave(187.5 * time) * decay(34 * time)
      }
    case .rim:
      let noise = Self.noise(self, edge: 0.8)
      return Self.stroke(frames: 1) { time in
        0.3 * noise(time) * decay(160 * time) + 0.4 * Grid.wave(800 * time) * decay(120 * time)
      }
    case .hat:
      let noise = Self.noise(self, edge: 0.9)
      return Self.stroke(frames: 1) { 0.35 * noise($0) * decay(110 * $0) }
    case .openHat:
      let noise = Self.noise(self, edge: 0.9)
      return Self.stroke(frames: 4) { 0.35 * noise($0) * decay(18 * $0) }
    case .shaker:
      let noise = Self.noise(self, edge: 0.7)
      return Self.stroke(frames: 2) { 0.2 * noise($0) * min(1, 60 * $0) * decay(40 * $0) }
    case .ride:
      let noise = Self.noise(self, edge: 0.95)
      return Self.stroke(frames: 3) { time in
        0.16 * noise(time) * decay(22 * time) + 0.05 * Grid.wave(3212.5 * time) * decay(16 * time)
      }
    }
  }

  /// Samples of a stroke that is over, to the last sample, after `frames`.
  private static func stroke(frames: Int, _ sound: (Float) -> Float) -> [Float] {
    let (count, fade) = (frames * Grid.hop, 240)
    return (0..<count).map { sample in
      let end = min(1, Float(count - sample) / Float(fade))
      return end * sound(Float(sample) / Float(Grid.sampleRate))
    }
  }

  /// Noise without what is low: each sample less `edge` of the one before.
  private static func noise(_ drum: Drum, edge: Float) -> (Float) -> Float {
    var draws = Draws(seed: 0x6472_756D + UInt64(drum.rawValue), purpose: .noise)
    let white = (0...4 * Grid.hop).map { _ in draws.symmetric() }
    return { time in
      let sample = min(4 * Grid.hop - 1, Int(time * Float(Grid.sampleRate) + 0.5))
      return white[sample + 1] - edge * white[sample]
    }
  }
}
