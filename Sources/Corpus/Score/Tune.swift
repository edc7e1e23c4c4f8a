/// The melody of a song: for each kind of sung section a motif of two bars, mapped onto the chords.
struct Tune: Sendable {
  /// Steps of ``Voice/pitches``, one for each beat of two bars, by kind.
  private var motifs: [SectionKind: [Int]] = [:]
  private let voice: Voice

  /// Draws the tune of `seed`.
  init(seed: UInt64, voice: Voice) {
    self.voice = voice
    var draws = Draws(seed: seed, purpose: .tune)
    for (kind, lowest) in [(SectionKind.verse, 0), (.chorus, 2), (.bridge, 1)] {
      var step = lowest + 1 + draws.below(3)
      motifs[kind] = (0..<8).map { beat in
        if beat > 0 { step += draws.pick([-2, -1, -1, 1, 1, 2]) }
        step = min(max(step, lowest), lowest + 4)
        return step
      }
    }
  }

  /// The pitch of a beat in units of 12.5 Hz.
  ///
  /// - Parameters:
  ///   - beat: of the line.
  ///   - isStrong: whether it has to be a note of the chord.
  func pitch(_ kind: SectionKind, beat: Int, chord: Chord, isStrong: Bool) -> Int {
    let pitches = voice.pitches
    let step = motifs[kind]?[beat % 8] ?? 0
    guard isStrong else { return pitches[step] }
    let fitting = pitches.indices.filter { chord.has(pitches[$0]) }
    return pitches[fitting.min { abs($0 - step) < abs($1 - step) } ?? step]
  }
}

extension Voice {
  /// What it sings, in units of 12.5 Hz, from low to high.
  public var pitches: [Int] {
    switch self {
    case .female: [20, 24, 27, 30, 32, 36, 40]
    case .male: [10, 12, 15, 16, 18, 20, 24]
    }
  }
}
