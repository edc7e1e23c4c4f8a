/// A chord of the one set of pitches that all keys share.
///
/// Just intonation on D = 300 Hz: D 24, E 27, F sharp 30, G 32, A 36, B 40, C sharp 45 units of
/// 12.5 Hz, and their octaves where they are whole numbers.
enum Chord: Sendable {
  case d, g, a, bMinor, fSharpMinor

  /// The units of its notes in the octave of 24 to 47.
  var tones: [Int] {
    switch self {
    case .d: [24, 30, 36]
    case .g: [24, 32, 40]
    case .a: [27, 36, 45]
    case .bMinor: [24, 30, 40]
    case .fSharpMinor: [30, 36, 45]
    }
  }

  /// Its notes in a low position.
  var low: [Int] {
    switch self {
    case .d: [18, 24, 30]
    case .g: [16, 20, 24]
    case .a: [18, 27, 45]
    case .bMinor: [15, 20, 24]
    case .fSharpMinor: [18, 30, 45]
    }
  }

  /// The low notes with the seventh that jazz adds, or the sixth.
  var seventh: [Int] {
    switch self {
    case .d: [18, 24, 30, 45]
    case .g: [16, 20, 24, 30]
    case .a: [18, 27, 30, 45]
    case .bMinor: [18, 20, 24, 30]
    case .fSharpMinor: [18, 27, 30, 45]
    }
  }

  /// The bass notes: root, third, fifth and octave.
  var bass: (root: Int, third: Int, fifth: Int, octave: Int) {
    switch self {
    case .d: (6, 15, 9, 12)
    case .g: (8, 10, 12, 16)
    case .a: (9, 12, 27, 18)
    case .bMinor: (10, 12, 15, 20)
    case .fSharpMinor: (15, 18, 9, 30)
    }
  }

  /// Whether the note of `units` is one of the chord's, in any octave.
  func has(_ units: Int) -> Bool {
    tones.contains { tone in
      [1, 2, 4].contains { $0 * units == tone || $0 * tone == units }
    }
  }
}

/// A key: its tonic, and the chords of each kind of section, four bars that are repeated.
enum Key: Sendable {
  case dMajor, aMajor, gMajor, bMinor, fSharpMinor

  /// The key of a genre in a mood.
  init(_ genre: Genre, _ mood: Mood) {
    self =
      switch (mood, genre) {
      case (.happy, .pop), (.happy, .ballad): .dMajor
      case (.happy, .rock), (.happy, .jazz): .aMajor
      case (.happy, .folk), (.happy, .electronic): .gMajor
      case (.sad, .pop), (.sad, .folk), (.sad, .jazz): .bMinor
      case (.sad, .rock), (.sad, .ballad), (.sad, .electronic): .fSharpMinor
      }
  }

  /// The chord that a song ends on.
  var tonic: Chord {
    switch self {
    case .dMajor: .d
    case .aMajor: .a
    case .gMajor: .g
    case .bMinor: .bMinor
    case .fSharpMinor: .fSharpMinor
    }
  }

  /// The chord of bar `bar` of a section.
  func chord(_ kind: SectionKind, bar: Int) -> Chord {
    let chords: [Chord] =
      switch (self, kind) {
      case (.dMajor, .verse), (.dMajor, .intro): [.d, .a, .bMinor, .g]
      case (.dMajor, .bridge): [.bMinor, .g, .bMinor, .a]
      case (.dMajor, _): [.d, .g, .a, .g]
      case (.aMajor, .verse), (.aMajor, .intro): [.a, .fSharpMinor, .d, .a]
      case (.aMajor, .bridge): [.fSharpMinor, .d, .fSharpMinor, .d]
      case (.aMajor, _): [.a, .d, .bMinor, .d]
      case (.gMajor, .verse), (.gMajor, .intro): [.g, .d, .g, .d]
      case (.gMajor, .bridge): [.bMinor, .d, .bMinor, .d]
      case (.gMajor, _): [.g, .bMinor, .g, .d]
      case (.bMinor, .verse), (.bMinor, .intro): [.bMinor, .g, .d, .a]
      case (.bMinor, .bridge): [.g, .d, .g, .fSharpMinor]
      case (.bMinor, _): [.bMinor, .a, .g, .a]
      case (.fSharpMinor, .verse), (.fSharpMinor, .intro): [.fSharpMinor, .d, .a, .bMinor]
      case (.fSharpMinor, .bridge): [.d, .a, .d, .bMinor]
      case (.fSharpMinor, _): [.fSharpMinor, .a, .d, .a]
      }
    return chords[bar % chords.count]
  }
}
