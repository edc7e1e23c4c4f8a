package import TextTokens

/// One period of every sound that a voice has, so that singing is copying and fading.
struct SungWaves: Sendable {
  /// Root mean square of a vowel.
  private static let vowelLevel: Float = 0.19
  /// Where partials end, in Hz.
  private static let highest: Float = 8000

  let pitches: [Int]
  /// Waves one after the other, each of ``Grid/period`` samples.
  private(set) var samples: [Float] = []
  /// First wave of a phone on the lowest pitch; -1 if it has no voice.
  private var voiced: [Int] = []
  /// Wave of a phone's noise; -1 if it has none.
  private var noises: [Int] = []
  /// How many waves there are of one pitch.
  private var perPitch = 0

  /// Computes the waves of a voice.
  init(_ voice: Voice) {
    pitches = voice.pitches
    for sound in PhoneSound.all {
      voiced.append(sound.formants.isEmpty ? -1 : perPitch)
      perPitch += sound.formants.count
    }
    for pitch in pitches {
      for sound in PhoneSound.all {
        for formants in sound.formants {
          samples += Self.wave(voice, pitch, formants, Self.vowelLevel * sound.voice)
        }
      }
    }
    for (number, sound) in PhoneSound.all.enumerated() {
      noises.append(sound.noise == nil ? -1 : samples.count / Grid.period)
      if let noise = sound.noise { samples += Self.wave(noise, seed: UInt64(number)) }
    }
  }

  /// First sample of a phone's voice on a pitch; nil if it has none.
  ///
  /// - Parameter stage: of a diphthong, 0 to 2.
  func voice(_ phone: Phoneme, pitch: Int, stage: Int = 0) -> Int? {
    guard let place = pitches.firstIndex(of: pitch), voiced[Int(phone.number)] >= 0 else {
      return nil
    }
    return (place * perPitch + voiced[Int(phone.number)] + stage) * Grid.period
  }

  /// First sample of a phone's noise; nil if it has none.
  func noise(_ phone: Phoneme) -> Int? {
    let wave = noises[Int(phone.number)]
    return wave >= 0 ? wave * Grid.period : nil
  }

  /// Partials of `pitch` through five resonances in a row.
  private static func wave(
    _ voice: Voice, _ pitch: Int, _ formants: (Float, Float, Float), _ level: Float
  ) -> [Float] {
    let scale: Float = voice == .female ? 1.17 : 1
    let centres = [formants.0, formants.1, formants.2, 3500, 4500].map { $0 * scale }
    let widths: [Float] = [80, 110, 160, 220, 300].map { $0 * 1.2 }
    let slope: Float = voice == .female ? 0.9 : 0.7
    let fundamental = Float(pitch) * Grid.unit
    var wave = [Float](repeating: 0, count: Grid.period)
    for partial in 1...max(1, Int(highest / fundamental)) {
      let frequency = Float(partial) * fundamental
      var amplitude = power(Float(partial), -slope)
      for (centre, width) in zip(centres, widths) {
        let square = centre * centre - frequency * frequency
        let damped = frequency * width
        amplitude *= centre * centre / (square * square + damped * damped).squareRoot()
      }
      Grid.add(partial * pitch, amplitude, to: &wave)
    }
    return scaled(wave, to: level)
  }

  /// Noise that repeats every frame: partials of 25 Hz whose phases are drawn.
  private static func wave(_ noise: PhoneSound.Noise, seed: UInt64) -> [Float] {
    var draws = Draws(seed: seed, purpose: .noise)
    var wave = [Float](repeating: 0, count: Grid.hop)
    for partial in 4..<Grid.hop / 2 {
      let (sine, cosine) = (draws.symmetric(), draws.symmetric())
      let distance = (Float(partial) * 2 * Grid.unit - noise.centre) / noise.width
      let level = bell(distance)
      guard level > 1e-4 else { continue }
      Grid.add(2 * partial, level * sine, to: &wave)
      Grid.add(2 * partial, level * cosine, from: Grid.period / 4, to: &wave)
    }
    return scaled(wave + wave, to: vowelLevel * noise.level)
  }

  private static func scaled(_ wave: [Float], to level: Float) -> [Float] {
    let square = wave.reduce(0) { $0 + $1 * $1 } / Float(wave.count)
    guard square > 0 else { return wave }
    let gain = level / square.squareRoot()
    return wave.map { $0 * gain }
  }
}
