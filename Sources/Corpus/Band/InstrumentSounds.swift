/// One period of both spectra of every note that an instrument may play, and the course of its level.
struct InstrumentSounds: Sendable {
  /// Frames of the longest note.
  static let longest = 64
  /// Where partials end, in Hz.
  private static let highest: Float = 8000

  /// Level of the bright and of the dark part, sample by sample.
  let brightLevel: [Float]
  let darkLevel: [Float]
  private let bright: [Int: [Float]]
  private let dark: [Int: [Float]]

  /// Computes the notes of `units`.
  init(_ player: Timbre.Player, units: Set<Int>) {
    let timbre = Timbre(player)
    var (bright, dark): ([Int: [Float]], [Int: [Float]]) = ([:], [:])
    for unit in units {
      bright[unit] = Self.wave(timbre.bright, unit)
      dark[unit] = Self.wave(timbre.dark, unit)
    }
    (self.bright, self.dark) = (bright, dark)
    let count = Self.longest * Grid.hop
    func rise(_ sample: Int) -> Float { min(1, Float(sample) / Float(timbre.attack)) }
    // After six frames the levels are at rest to within a thousandth; then they stay.
    let rest = 6 * Grid.hop
    brightLevel = (0..<count).map { sample in
      sample < rest ? rise(sample) * decay(Float(sample) / timbre.fall) : 0
    }
    darkLevel = (0..<count).map { sample in
      let fallen = sample < rest ? decay(Float(sample) / timbre.fall) : 0
      return rise(sample) * (timbre.sustain + (1 - timbre.sustain) * fallen)
    }
  }

  /// One period of some notes together, bright and dark.
  func chord(_ units: [Int]) -> (bright: [Float], dark: [Float]) {
    var sum = (
      bright: [Float](repeating: 0, count: Grid.period),
      dark: [Float](repeating: 0, count: Grid.period)
    )
    for unit in units {
      guard let bright = bright[unit], let dark = dark[unit] else { continue }
      for index in 0..<Grid.period {
        sum.bright[index] += bright[index]
        sum.dark[index] += dark[index]
      }
    }
    return sum
  }

  private static func wave(_ partials: [Float], _ unit: Int) -> [Float] {
    var wave = [Float](repeating: 0, count: Grid.period)
    for (index, amplitude) in partials.enumerated() {
      let units = (index + 1) * unit
      guard Float(units) * Grid.unit < highest else { break }
      // Schroeder's phases keep the peaks low.
      let phase = index * (index + 1) * Grid.period / (2 * partials.count) % Grid.period
      Grid.add(units, amplitude, from: phase, to: &wave)
    }
    return wave
  }
}
