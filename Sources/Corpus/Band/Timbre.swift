/// How notes of an instrument sound: two spectra, each with its own course of level.
///
/// Within a few frames both levels come to rest, so that a held note is steady.
struct Timbre: Sendable {
  /// Samples at the end of a note in which it fades.
  static let release = 480

  /// Amplitude of each partial at first, and of what stays.
  let bright: [Float]
  let dark: [Float]
  /// Samples until the note is up.
  let attack: Int
  /// Samples in which the bright part falls by e, and the dark part towards `sustain`.
  let fall: Float
  let sustain: Float

  /// What plays a part of the band.
  enum Player: Int, Sendable, CaseIterable {
    case piano, guitar, synth, strings, bass, lead

    init(_ instrument: Instrument) {
      self =
        switch instrument {
        case .piano: .piano
        case .guitar: .guitar
        case .synth: .synth
        case .strings: .strings
        }
    }
  }

  init(_ player: Player) {
    func partials(_ count: Int, _ amplitude: (Float) -> Float) -> [Float] {
      (1...count).map { amplitude(Float($0)) }
    }
    switch player {
    case .piano:
      bright = partials(12) { 0.9 * power($0, -0.9) }
      dark = partials(4) { power($0, -1.6) }
      (attack, fall, sustain) = (72, 1600, 0.45)
    case .guitar:
      bright = partials(18) { 0.6 * power($0, -0.5) * abs(Grid.wave(0.115 * $0)) }
      dark = partials(8) { 0.9 * power($0, -1) * abs(Grid.wave(0.115 * $0)) }
      (attack, fall, sustain) = (48, 1100, 0.4)
    case .synth:
      bright = partials(24) { 0.35 * power($0, -0.4) }
      dark = partials(20) { Float(Int($0) % 2) * 0.8 / $0 }
      (attack, fall, sustain) = (120, 1400, 0.75)
    case .strings:
      bright = [0]
      dark = partials(14) { 0.75 * power($0, -1.1) }
      (attack, fall, sustain) = (1800, 960, 1)
    case .bass:
      bright = partials(10) { 0.7 * power($0, -0.8) }
      dark = partials(4) { power($0, -1.3) }
      (attack, fall, sustain) = (96, 1300, 0.6)
    case .lead:
      bright = [0, 0.3, 0.2, 0.1]
      dark = [1, 0.35, 0.12, 0.06]
      (attack, fall, sustain) = (240, 960, 0.8)
    }
  }
}

extension Grid {
  /// The sine of `turns` whole turns.
  static func wave(_ turns: Float) -> Float {
    let place = Int(turns * Float(period)) % period
    return sine[place < 0 ? place + period : place]
  }
}
