import Lyrics

/// Draws the plan of a song: structure, words and style.
public struct SongPlanner: Sendable {
  /// Syllables of a line: more would be cut in two where lyrics become phones.
  static let longestLine = 8
  /// Frames of the longest song: 39.2 s.
  static let longestSong = 980
  /// Text pieces of the longest lyrics: labels, phones, and what parts lines and sections.
  static let mostPieces = 190

  let words: PronouncedWords

  public init(_ words: PronouncedWords) { self.words = words }

  /// The plan of the song of `seed`; its words are those for training, or those kept back.
  ///
  /// - Throws: ``CorpusFailure`` if the lexicon has no such words.
  public func plan(
    seed: UInt64, kind: SongExtent, heldOut: Bool = false
  ) throws(CorpusFailure) -> SongPlan {
    let vocabulary = heldOut ? words.lists.heldOut : words.lists.train
    guard !vocabulary.isEmpty else { throw .noWords }
    var draws = Draws(seed: seed, purpose: .plan)
    let style = Self.style(&draws)
    while true {
      let plan = SongPlan(parts: parts(kind, vocabulary, &draws), style: style)
      if pieces(plan) <= Self.mostPieces, Self.frames(kind).contains(plan.frames(words)) {
        return plan
      }
    }
  }

  private static func frames(_ kind: SongExtent) -> ClosedRange<Int> {
    switch kind {
    case .words, .lines: 0...longestSong
    case .short: 200...500
    case .song: 625...longestSong
    }
  }

  private static func style(_ draws: inout Draws) -> SongStyle {
    let genre = draws.pick(Genre.allCases)
    return SongStyle(
      voice: draws.pick(Voice.allCases), genre: genre, mood: draws.pick(Mood.allCases),
      instrument: draws.chance(0.5) ? genre.instrument : draws.pick(Instrument.allCases),
      tempo: draws.pick(genre.tempi))
  }

  private func pieces(_ plan: SongPlan) -> Int {
    plan.parts.reduce(0) { sum, part in
      let phones = part.lines.joined().reduce(0) { $0 + words.phones($1).count }
      return sum + 3 + max(0, part.lines.count - 1) + phones
    }
  }

  private func parts(
    _ kind: SongExtent, _ vocabulary: [String], _ draws: inout Draws
  ) -> [SongPlan.Part] {
    switch kind {
    case .words(let count):
      let drawn = (0..<max(1, count)).map { _ in draws.pick(vocabulary) }
      return [SongPlan.Part(Self.sung(&draws), lines(drawn))]
    case .lines(let count):
      let label = Self.sung(&draws)
      return [SongPlan.Part(label, (0..<max(1, count)).map { _ in line(vocabulary, &draws) })]
    case .short:
      return arrange(
        draws.pick(["V", "C", "VC", "iV", "iC", "iVo", "VCo", "iVCo", "Vno", "Cno"]), vocabulary,
        &draws)
    case .song:
      return arrange(
        draws.pick(["iVCnVCo", "iVCVCo", "VCVCo", "iVCBCo", "VCBCo", "iVCVCBCo", "VCnCo", "iVVCo"]),
        vocabulary, &draws)
    }
  }

  /// A song of the form of `letters`: intro, Verse, Chorus, Bridge, iNstrumental, outro.
  private func arrange(
    _ letters: String, _ vocabulary: [String], _ draws: inout Draws
  ) -> [SongPlan.Part] {
    let long = draws.chance(0.5)
    func length(_ short: SectionLabel, _ medium: SectionLabel) -> SongPlan.Part {
      SongPlan.Part(draws.chance(0.5) ? short : medium)
    }
    func stanza(_ label: SectionLabel) -> SongPlan.Part {
      SongPlan.Part(
        label, (0..<(long ? 2 : 1 + draws.below(2))).map { _ in line(vocabulary, &draws) })
    }
    let chorus = stanza(.chorus)
    return letters.map { letter in
      switch letter {
      case "i": length(.introShort, .introMedium)
      case "n": length(.instrumentalShort, .instrumentalMedium)
      case "o": length(.outroShort, .outroMedium)
      case "B": stanza(.bridge)
      case "C": chorus
      default: stanza(.verse)
      }
    }
  }

  private static func sung(_ draws: inout Draws) -> SectionLabel {
    draws.pick([.verse, .verse, .chorus, .chorus, .bridge])
  }

  /// A line of 3 to 8 syllables.
  private func line(_ vocabulary: [String], _ draws: inout Draws) -> [String] {
    let wanted = 3 + draws.below(Self.longestLine - 2)
    var (line, syllables): ([String], Int) = ([], 0)
    while syllables < wanted {
      let word = draws.pick(vocabulary)
      let more = words.syllables(word)
      guard syllables + more <= Self.longestLine else { continue }
      line.append(word)
      syllables += more
    }
    return line
  }

  /// Words in lines that are not too long.
  private func lines(_ drawn: [String]) -> [[String]] {
    var (lines, syllables): ([[String]], Int) = ([[]], 0)
    for word in drawn {
      let more = words.syllables(word)
      if syllables > 0, syllables + more > Self.longestLine {
        lines.append([])
        syllables = 0
      }
      lines[lines.count - 1].append(word)
      syllables += more
    }
    return lines
  }
}
