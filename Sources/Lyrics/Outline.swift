/// Where the sections of lyrics begin and end.
///
/// `;` ends a section; `[…]` begins one after it, known or not, and anywhere if it is like a label.
struct Outline {
  /// One section, by ranges of the text.
  struct Part {
    /// With its brackets; nil if the section has none.
    var label: Range<Int>?
    /// What follows the label, white space at its ends left out.
    var words: Range<Int>
    /// From the first to the last character that counts; empty if there is none.
    var whole: Range<Int>
    /// Whether it is the rest of the section before it, cut off by a `;` among its words.
    var isRest = false
  }

  /// At least one.
  private(set) var parts: [Part] = []
  /// Brackets without their fellow.
  private(set) var strayBrackets: [Int] = []
  /// Things in brackets among the words that are no label of a section.
  private(set) var remarks: [Range<Int>] = []

  /// - Complexity: O(n).
  init(_ text: LocatedText) {
    var start = 0
    var label: Range<Int>?
    func finish(_ end: Int) {
      let words = text.trimmed((label?.upperBound ?? start)..<end)
      parts.append(
        Part(
          label: label, words: words,
          whole: label.map { $0.lowerBound..<max($0.upperBound, words.upperBound) } ?? words))
    }
    var index = 0
    while index < text.count {
      switch text.scalars[index] {
      case "[":
        guard let close = Self.close(text, after: index) else {
          strayBrackets.append(index)
          break
        }
        let bracket = index..<(close + 1)
        let isFirst = label == nil && text.trimmed(start..<index).isEmpty
        if !isFirst {
          guard Self.isLabel(text.string(bracket), tries: remarks.count < 64) else {
            remarks.append(bracket)
            index = close
            break
          }
          finish(index)
          start = index
        }
        label = bracket
        index = close
      case "]":
        strayBrackets.append(index)
      case ";":
        finish(index)
        (start, label) = (index + 1, nil)
      default: break
      }
      index += 1
    }
    finish(text.count)
    markRests(text)
  }

  /// Whether something in brackets begins a section wherever it stands.
  ///
  /// - Parameter tries: whether to think of labels that it may be meant for, which takes time.
  private static func isLabel(_ name: String, tries: Bool) -> Bool {
    SectionLabel(rawValue: name) != nil || tries && SectionLabel.suggestion(for: name) != nil
  }

  /// The parts that are not empty.
  var sections: [Part] { parts.filter { !$0.whole.isEmpty } }

  /// Words without a label go on with what is sung before them.
  private mutating func markRests(_ text: LocatedText) {
    var isSung = false
    for index in parts.indices where !parts[index].whole.isEmpty {
      if let label = parts[index].label {
        isSung = SectionLabel(rawValue: text.string(label))?.isSung ?? true
      } else if isSung {
        parts[index].isRest = true
      }
    }
  }

  private static func close(_ text: LocatedText, after open: Int) -> Int? {
    for index in (open + 1)..<max(open + 1, min(text.count, open + 2 + LyricsLimits.labelLength)) {
      switch text.scalars[index] {
      case "]": return index
      case "[", ";", "\n", "\r": return nil
      default: break
      }
    }
    return nil
  }
}
