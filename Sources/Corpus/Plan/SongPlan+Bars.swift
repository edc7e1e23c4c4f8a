import Lyrics

extension SongPlan {
  /// Frames of the song.
  func frames(_ words: PronouncedWords) -> Int {
    parts.reduce(0) { $0 + $1.bars(words) } * style.tempo.bar
  }
}

extension SongPlan.Part {
  /// Bars of the section: a line takes one for each four of its syllables, begun or whole.
  func bars(_ words: PronouncedWords) -> Int {
    guard !label.isSung else {
      return lines.reduce(0) { bars, line in
        let syllables = line.reduce(0) { $0 + words.syllables($1) }
        return bars + max(1, (syllables + 3) / 4)
      }
    }
    return label.bars
  }
}

extension SectionLabel {
  /// Bars of a section without words.
  var bars: Int {
    switch self {
    case .introMedium, .outroMedium, .instrumentalMedium: 2
    case .introLong, .outroLong, .instrumentalLong: 4
    default: 1
    }
  }
}
