import Diagnostics

/// How sections are parted: ` ; ` between them, one space after a label, a full stop at the end of
/// a section in Latin letters and none at the end of a Chinese, Japanese or Korean one.
enum SeparatorCheck {
  static func findings(_ text: LocatedText, _ outline: Outline) -> [Finding] {
    var findings: [Finding] = []
    var spacing = Repeated()
    var labelSpace = Repeated()
    var inside = Repeated()
    var missing = Repeated()
    var stop = Repeated()
    var noStop = Repeated()
    let parts = outline.sections
    for (index, part) in parts.enumerated() {
      if part.isRest {
        let gap = text[parts[index - 1].whole.upperBound..<part.whole.lowerBound]
        inside.add(parts[index - 1].whole.upperBound + (gap.scalars.firstIndex(of: ";") ?? 0))
      } else if index > 0 {
        let gap = parts[index - 1].whole.upperBound..<part.whole.lowerBound
        if !text[gap].scalars.contains(";") {
          // A full-width semicolon is a finding of its own.
          let isFullWidth = gap.lowerBound > 0 && text.scalars[gap.lowerBound - 1] == "；"
          if !isFullWidth { missing.add(part.whole.lowerBound) }
        } else if text.string(gap) != " ; ", text[gap].scalars.count(where: { $0 == ";" }) == 1 {
          spacing.add(gap.lowerBound)
        }
      }
      if let label = part.label, !part.words.isEmpty, label.upperBound == part.words.lowerBound {
        labelSpace.add(part.words.lowerBound)
      }
      if index + 1 < parts.count, parts[index + 1].isRest { continue }
      switch ending(text, part.words) {
      case .stopMissing: noStop.add(part.words.upperBound - 1)
      case .stopTooMuch: stop.add(part.words.upperBound - 1)
      case .fine: break
      }
    }
    func report(_ rule: Rule, _ found: Repeated, _ message: String) {
      guard let first = found.first else { return }
      findings.append(
        .warning(rule, text.place(first), message + found.times, repairable: true))
    }
    report(.separator, spacing, "sections are not parted by ' ; ', one space on each side")
    report(.separator, missing, "no ' ; ' before a label")
    report(.separator, inside, "';' among the words parts sections; use '.' or ','")
    report(.separator, labelSpace, "no space after a label")
    report(.period, noStop, "no '.' at the end of a section in Latin letters")
    report(.period, stop, "'.' at the end of a Chinese, Japanese or Korean section")
    if outline.parts.count > 1, let empty = outline.parts.first(where: { $0.whole.isEmpty }) {
      let place = text.place(max(0, empty.whole.lowerBound - 1))
      findings.append(
        .warning(
          .separator, place, "';' with no section beside it; remove it", repairable: true))
    }
    if let first = text.scalars.first, first == " " || text.scalars.last == " ",
      !parts.isEmpty
    {
      findings.append(
        .warning(
          .space, text.place(first == " " ? 0 : text.count - 1),
          "space at the beginning or end of the lyrics", repairable: true))
    }
    return findings
  }

  enum Ending {
    case fine, stopMissing, stopTooMuch
  }

  /// How the words of a section end.
  static func ending(_ text: LocatedText, _ words: Range<Int>) -> Ending {
    guard let last = text.scalars[words].last, let script = Script(last: text.scalars[words]) else {
      return .fine
    }
    switch script {
    case .latin: return ".!?。！？…".unicodeScalars.contains(last) ? .fine : .stopMissing
    case .eastAsian: return last == "." ? .stopTooMuch : .fine
    case .other: return .fine
    }
  }
}

/// Places of one kind of fault.
private struct Repeated {
  private(set) var first: Int?
  private var count = 0

  mutating func add(_ index: Int) {
    first = first ?? index
    count += 1
  }

  var times: String { count > 1 ? " (\(count) times)" : "" }
}
