import SongEvaluation
import Testing

/// Sounds that no song has: nothing may trap, and no figure be infinite.
@Suite struct HostileSoundTests {
  private static let kinds: [String] = [
    "huge", "alternating", "noise", "denormal", "constant", "one", "two", "none", "square",
  ]

  private func sound(_ kind: String, _ count: Int) -> [Float] {
    var noise = Signal.Noise(1)
    switch kind {
    case "huge": return Array(repeating: 3e38, count: count)
    case "alternating": return (0..<count).map { $0 & 1 == 0 ? 3e38 : -3e38 }
    case "noise": return (0..<count).map { _ in 3e38 * noise.next() }
    case "denormal": return Array(repeating: .leastNonzeroMagnitude, count: count)
    case "constant": return Array(repeating: 1, count: count)
    case "one": return [0.5]
    case "two": return [0.5, -0.5]
    case "none": return []
    default: return (0..<count).map { $0 / 50 & 1 == 0 ? 1 : -1 }
    }
  }

  @Test(arguments: kinds, [1000, 3999, 8000, 48000]) func noTrap(kind: String, rate: Int) throws {
    let sound = sound(kind, 6 * rate)
    let whole = try figures(
      sound, vocal: sound, accompaniment: sound, reference: sound.reversed(), rate: rate)
    let alone = try figures(sound, rate: rate)
    for figures in [whole, alone] {
      let score = Ranking().score(figures)
      #expect((0...1).contains(score))
      #expect(figures.loudness?.isFinite ?? true)
      #expect(!figures.json.isEmpty)
      #expect(figures.seconds == Double(sound.count) / Double(rate))
    }
  }

  @Test func manyChannelsAndHighRates() throws {
    var noise = Signal.Noise(8)
    for (rate, channels) in [(768_000, 1), (48000, 64), (44100, 6), (1000, 3)] {
      let analysis = try SongAnalysis(sampleRate: rate, channels: channels)
      let samples = (0..<rate * channels / 4).map { _ in 0.1 * noise.next() }
      samples.withUnsafeBufferPointer { analysis.add(programme: $0) }
      #expect(abs(analysis.finish().seconds - 0.25) < 0.01)
    }
  }
}
