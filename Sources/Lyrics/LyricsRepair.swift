/// Writes lyrics in the form that the models know.
///
/// Sections are parted by ` ; `; inside one, line breaks become `. ` (or `.` between Chinese,
/// Japanese and Korean lines), and a section in Latin letters ends with a full stop. The words
/// themselves stay as they are.
enum LyricsRepair {
  /// All that is safe: characters, spaces, separators, full stops, the case of labels.
  ///
  /// Repairing twice changes nothing more.
  static func repaired(_ text: LocatedText) -> LocatedText {
    composed(CharacterRules.repaired(text), repairing: true)
  }

  /// One line of lyrics from several.
  ///
  /// - Parameter repairing: whether spaces, labels and full stops are put right on the way.
  static func composed(_ text: LocatedText, repairing: Bool) -> LocatedText {
    var result = LocatedText()
    var words: [LocatedText] = []
    func endSection() {
      let line = joined(words, repairing: repairing)
      if !line.isEmpty, !result.isEmpty, result.scalars.last != " " { result.append(" ") }
      result.append(line)
      words = []
    }
    for part in Outline(text).sections {
      if !part.isRest {
        endSection()
        if !result.isEmpty { result.append(" ; ") }
        if let label = part.label { result.append(name(text[label], repairing: repairing)) }
      }
      words += lines(text[part.words], repairing: repairing)
    }
    endSection()
    return result
  }

  /// A label, in the case of the models if that may be put right.
  private static func name(_ label: LocatedText, repairing: Bool) -> LocatedText {
    guard repairing, let known = SectionLabel(loosely: label.string) else { return label }
    return LocatedText(known.rawValue, at: label.place(0))
  }

  /// The words of a section in one line.
  private static func joined(_ lines: [LocatedText], repairing: Bool) -> LocatedText {
    var result = LocatedText()
    for line in lines {
      if !result.isEmpty { join(&result) }
      result.append(line)
    }
    guard !result.isEmpty else { return result }
    switch SeparatorCheck.ending(result, 0..<result.count) {
    case .fine: break
    case .stopMissing:
      while let last = result.scalars.last, ",: ".unicodeScalars.contains(last) {
        result.removeLast()
      }
      result.append(".")
    case .stopTooMuch where repairing:
      while result.scalars.last == "." || result.scalars.last == " " { result.removeLast() }
    case .stopTooMuch: break
    }
    return result
  }

  /// What stands between two lines: a full stop unless the first brings its own mark.
  private static func join(_ text: inout LocatedText) {
    let isMarked = text.scalars.last.map { ".!?,:。！？，、：…".unicodeScalars.contains($0) } ?? true
    if !isMarked { text.append(".") }
    if Script(last: text.scalars) != .eastAsian { text.append(" ") }
  }

  private static func lines(_ text: LocatedText, repairing: Bool) -> [LocatedText] {
    var lines: [LocatedText] = []
    var start = 0
    for index in 0...text.count {
      guard index == text.count || CharacterRules.fault(text.scalars[index]) == .lineBreak else {
        continue
      }
      let line = text[text.trimmed(start..<index)]
      if !line.isEmpty { lines.append(repairing ? singleSpaced(line) : line) }
      start = index + 1
    }
    return lines
  }

  private static func singleSpaced(_ text: LocatedText) -> LocatedText {
    var result = LocatedText()
    for (index, scalar) in text.scalars.enumerated()
    where scalar != " " || result.scalars.last != " " {
      result.append(scalar, at: text.places[index])
    }
    return result
  }
}
