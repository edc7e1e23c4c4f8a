import Lyrics
package import TextTokens

/// A song on paper: bars, and what is sung when.
struct Score: Sendable {
  /// A bar of four beats.
  struct Bar: Sendable {
    /// Its first frame.
    var start: Int
    var kind: SectionKind
    var chord: Chord
    /// Whether it is the song's last.
    var isLast = false
    /// Its place in its section.
    var number: Int
  }

  /// A phone that is sung.
  struct SungPhone: Sendable {
    var phone: Phoneme
    /// Its place in the lyrics.
    var ordinal: Int
    var start: Int
    var frames: Int
    /// In units of 12.5 Hz.
    var pitch: Int
    /// Whether a syllable begins with it.
    var opensSyllable: Bool
  }

  let style: SongStyle
  private(set) var bars: [Bar] = []
  private(set) var phones: [SungPhone] = []
  /// First frame and frames of each section.
  private(set) var sections: [(start: Int, frames: Int)] = []
  private(set) var frames = 0

  private let key: Key
  private let tune: Tune
  private var spoken = 0

  /// The score of a plan; `seed` chooses the tune.
  init(_ plan: SongPlan, words: PronouncedWords, seed: UInt64) {
    style = plan.style
    key = Key(style.genre, style.mood)
    tune = Tune(seed: seed, voice: style.voice)
    let total = plan.parts.reduce(0) { $0 + $1.bars(words) }
    for part in plan.parts {
      let (first, kind) = (bars.count, SectionKind(part.label))
      for number in 0..<part.bars(words) {
        let isLast = bars.count == total - 1
        bars.append(
          Bar(
            start: bars.count * style.tempo.bar, kind: kind,
            chord: isLast ? key.tonic : key.chord(kind, bar: number), isLast: isLast,
            number: number))
      }
      var bar = first
      for line in part.lines {
        let phones = line.flatMap(words.phones)
        sing(Syllable.split(phones, ordinal: spoken), from: &bar)
        spoken += phones.count
      }
      sections.append((first * style.tempo.bar, (bars.count - first) * style.tempo.bar))
    }
    frames = bars.count * style.tempo.bar
  }

  /// Puts a line into as many bars as it takes.
  private mutating func sing(_ line: [Syllable], from bar: inout Int) {
    for first in stride(from: 0, to: max(1, line.count), by: 4) {
      let syllables = line[first..<min(first + 4, line.count)]
      let (here, endsLine) = (bars[bar], syllables.endIndex == line.count)
      let slots = Rhythm.slots(
        here.kind, style.tempo, count: syllables.count, endsLine: endsLine)
      for (beat, (syllable, slot)) in zip(syllables, slots).enumerated() {
        let isLast = endsLine && beat == slots.count - 1
        let pitch = tune.pitch(
          here.kind, beat: first % 8 + beat, chord: here.chord,
          isStrong: beat % 2 == 0 || isLast)
        // A crowded last syllable takes the rest behind it.
        let crowded = isLast && syllable.consonants + 2 > slot.frames
        sing(
          syllable, at: here.start + slot.start, frames: slot.frames + (crowded ? 2 : 0),
          pitch: pitch)
      }
      bar += 1
    }
  }

  private mutating func sing(_ syllable: Syllable, at start: Int, frames: Int, pitch: Int) {
    var frame = start
    for (index, span) in syllable.durations(frames).enumerated() {
      phones.append(
        SungPhone(
          phone: span.phone, ordinal: syllable.ordinal + span.place, start: frame,
          frames: span.frames, pitch: pitch, opensSyllable: index == 0))
      frame += span.frames
    }
  }
}

extension SongPlan.Part {
  /// Bars of the section: a line takes one for each four of its syllables, begun or whole.
  func bars(_ words: PronouncedWords) -> Int {
    guard !lines.isEmpty else { return label.bars }
    return lines.reduce(0) { bars, line in
      let syllables = line.reduce(0) { $0 + words.syllables($1) }
      return bars + max(1, (syllables + 3) / 4)
    }
  }
}

extension SongPlan {
  /// Frames of the song.
  func frames(_ words: PronouncedWords) -> Int {
    parts.reduce(0) { $0 + $1.bars(words) } * style.tempo.bar
  }
}
