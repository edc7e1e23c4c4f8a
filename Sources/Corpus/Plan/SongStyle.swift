/// Who sings.
public enum Voice: String, Sendable, CaseIterable {
  case female, male
}

/// What kind of music it is: drums, bass, how chords are played.
public enum Genre: String, Sendable, CaseIterable {
  case pop, rock, electronic, ballad, folk, jazz

  /// The tempi that it is played in.
  public var tempi: [Tempo] {
    switch self {
    case .pop: [.bpm125, .bpm107]
    case .rock: [.bpm150, .bpm125]
    case .electronic: [.bpm150, .bpm125]
    case .ballad: [.bpm107, .bpm94]
    case .folk: [.bpm125, .bpm107, .bpm94]
    case .jazz: [.bpm150, .bpm107]
    }
  }

  /// The instrument that plays the chords if none is asked for.
  public var instrument: Instrument {
    switch self {
    case .pop, .jazz: .piano
    case .rock, .folk: .guitar
    case .electronic: .synth
    case .ballad: .strings
    }
  }
}

/// Which key and chords are played.
public enum Mood: String, Sendable, CaseIterable {
  case happy, sad
}

/// What plays the chords.
public enum Instrument: String, Sendable, CaseIterable {
  case piano, guitar, synth, strings
}

/// How fast: an even number of frames of 40 ms to a beat.
public enum Tempo: Int, Sendable, CaseIterable {
  case bpm150 = 10
  case bpm125 = 12
  case bpm107 = 14
  case bpm94 = 16

  /// Frames of a beat.
  public var beat: Int { rawValue }
  /// Frames of a bar of four beats.
  public var bar: Int { 4 * rawValue }
  /// Beats per minute, rounded.
  public var bpm: Int { (1500 + rawValue / 2) / rawValue }
}

/// The tags of a song.
public struct SongStyle: Sendable, Hashable {
  public var voice: Voice
  public var genre: Genre
  public var mood: Mood
  public var instrument: Instrument
  public var tempo: Tempo

  public init(voice: Voice, genre: Genre, mood: Mood, instrument: Instrument, tempo: Tempo) {
    self.voice = voice
    self.genre = genre
    self.mood = mood
    self.instrument = instrument
    self.tempo = tempo
  }

  /// All tags in their order: `female, pop, happy, piano, the bpm is 125`.
  public var description: String {
    [
      voice.rawValue, genre.rawValue, mood.rawValue, instrument.rawValue,
      "the bpm is \(tempo.bpm)",
    ].joined(separator: ", ")
  }
}
