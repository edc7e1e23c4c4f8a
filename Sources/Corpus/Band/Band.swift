/// Plays the bars of a score.
struct Band: Sendable {
  private let players: [Timbre.Player: InstrumentSounds]
  private let drums: [[Float]]

  /// Prepares all sounds.
  init() {
    let chords: [Chord] = [.d, .g, .a, .bMinor, .fSharpMinor]
    let comping = Set(chords.flatMap { $0.low + $0.tones + $0.seventh })
    let bass = Set(chords.flatMap { [$0.bass.root, $0.bass.third, $0.bass.fifth, $0.bass.octave] })
    let lead = Set(chords.flatMap { $0.tones.map { 2 * $0 } })
    players = Dictionary(
      uniqueKeysWithValues: Timbre.Player.allCases.map { player in
        let units =
          switch player {
          case .bass: bass
          case .lead: lead
          default: comping
          }
        return (player, InstrumentSounds(player, units: units))
      })
    drums = Drum.allCases.map { $0.samples() }
  }

  /// The accompaniment of a score, ``Grid/hop`` samples for each frame.
  func play(_ score: Score) -> [Float] {
    var stem = Stem(frames: score.frames)
    for bar in score.bars {
      let pattern = Arrangement.pattern(score.style.genre, bar.kind)
      beat(pattern, bar, score, &stem)
      chords(pattern, bar, score, &stem)
      bass(pattern, bar, score, &stem)
      if pattern.hasLead { lead(bar, score, &stem) }
    }
    return stem.samples
  }

  /// First frame of a half beat of a bar, and of the next bar: even, so that what follows is the
  /// same samples wherever it stands.
  static func frame(_ half: Int, _ tempo: Tempo) -> Int {
    half / 2 * tempo.beat + half % 2 * ((tempo.beat / 2 + 1) / 2 * 2)
  }

  /// In the song's last bar the pattern ends after two beats; a long chord follows.
  private static let halves = 8
  private func halves(_ bar: Score.Bar) -> Int { bar.isLast ? 4 : Self.halves }

  private func beat(
    _ pattern: BarPattern, _ bar: Score.Bar, _ score: Score, _ stem: inout Stem
  ) {
    let soft: Float = score.style.genre == .ballad ? 0.7 : 1
    for half in 0..<halves(bar) {
      let start = bar.start + Self.frame(half, score.style.tempo)
      if pattern.kick[half] == UInt8(ascii: "x") { strike(.kick, 0.32 * soft, start, &stem) }
      switch pattern.snare[half] {
      case UInt8(ascii: "x"): strike(.snare, 0.24 * soft, start, &stem)
      case UInt8(ascii: "i"): strike(.rim, 0.22, start, &stem)
      default: break
      }
      switch pattern.hat[half] {
      case UInt8(ascii: "x"): strike(.hat, 0.2 * soft, start, &stem)
      case UInt8(ascii: "o"): strike(.openHat, 0.18, start, &stem)
      case UInt8(ascii: "s"): strike(.shaker, 0.3, start, &stem)
      case UInt8(ascii: "r"): strike(.ride, 0.4, start, &stem)
      default: break
      }
    }
    if bar.isLast, bar.kind != .silence {
      strike(.kick, 0.32 * soft, bar.start + 2 * score.style.tempo.beat, &stem)
    }
  }

  private func chords(
    _ pattern: BarPattern, _ bar: Score.Bar, _ score: Score, _ stem: inout Stem
  ) {
    guard let sounds = players[Timbre.Player(score.style.instrument)] else { return }
    let isJazz = score.style.genre == .jazz
    let notes = isJazz ? bar.chord.seventh : pattern.isHigh ? bar.chord.tones : bar.chord.low
    let level: Float = [.chorus, .instrumental].contains(bar.kind) ? 0.075 : 0.06
    for (half, sign, length) in strokes(pattern.chords, bar, score.style.tempo) {
      let start = bar.start + Self.frame(half, score.style.tempo)
      if sign == UInt8(ascii: "x") {
        stem.add(sounds, notes, level, start, length)
      } else {
        let note = notes[min(notes.count - 1, Int(sign) - 48)]
        stem.add(sounds, [note], 1.6 * level, start, length)
      }
    }
    if bar.isLast, bar.kind != .silence {
      let beat = score.style.tempo.beat
      stem.add(sounds, notes, 0.07, bar.start + 2 * beat, 2 * beat, dying: true)
    }
  }

  private func bass(
    _ pattern: BarPattern, _ bar: Score.Bar, _ score: Score, _ stem: inout Stem
  ) {
    guard let sounds = players[.bass] else { return }
    let notes = bar.chord.bass
    for (half, sign, length) in strokes(pattern.bass, bar, score.style.tempo) {
      let note =
        switch sign {
        case UInt8(ascii: "t"): notes.third
        case UInt8(ascii: "f"): notes.fifth
        case UInt8(ascii: "o"): notes.octave
        default: notes.root
        }
      stem.add(
        sounds, [note], 0.13, bar.start + Self.frame(half, score.style.tempo), length)
    }
    if bar.isLast, bar.kind != .silence {
      let beat = score.style.tempo.beat
      stem.add(sounds, [notes.root], 0.13, bar.start + 2 * beat, 2 * beat, dying: true)
    }
  }

  /// A tune of chord notes, one for each beat.
  private func lead(_ bar: Score.Bar, _ score: Score, _ stem: inout Stem) {
    guard let sounds = players[.lead] else { return }
    let (beat, order) = (
      score.style.tempo.beat, bar.number % 2 == 0 ? [0, 1, 2, 1] : [2, 1, 0, 0]
    )
    for (index, step) in order.enumerated() where !bar.isLast || index < 2 {
      stem.add(sounds, [2 * bar.chord.tones[step]], 0.08, bar.start + index * beat, beat)
    }
  }

  private func strike(_ drum: Drum, _ level: Float, _ frame: Int, _ stem: inout Stem) {
    stem.add(drums[drum.rawValue], level, frame)
  }

  /// The strokes of a row: half beat, sign, and frames until it ends.
  private func strokes(
    _ row: [UInt8], _ bar: Score.Bar, _ tempo: Tempo
  ) -> [(half: Int, sign: UInt8, frames: Int)] {
    let halves = halves(bar)
    return (0..<halves).compactMap { half in
      let sign = row[half]
      guard sign != UInt8(ascii: "."), sign != UInt8(ascii: "-") else { return nil }
      let end = (half + 1..<halves).first { row[$0] != UInt8(ascii: "-") } ?? halves
      return (half, sign, Self.frame(end, tempo) - Self.frame(half, tempo))
    }
  }
}
