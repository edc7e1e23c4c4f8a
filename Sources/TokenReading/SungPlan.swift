import TextTokens

/// What the lyrics of a song ask for: phones, section by section, and bars.
///
/// Songs of the toy are laid out in bars of four beats: a line takes one bar for each four of its
/// syllables, begun or whole, a section without words one, two or four as its label says.
public struct SungPlan: Sendable, Hashable {
  /// One section.
  public struct Section: Sendable, Hashable {
    /// With its brackets; empty for words before the first label.
    public let label: String
    /// The phones of each line: 1 + the place of a phone in the alphabetical order of the 39.
    public let lines: [[UInt8]]

    /// Whether there is anything to sing.
    public var isSung: Bool { lines.contains { !$0.isEmpty } }

    /// Bars of four beats.
    public var bars: Int {
      guard isSung else {
        if label.hasSuffix("-long]") { return 4 }
        return label.hasSuffix("-medium]") ? 2 : 1
      }
      return lines.reduce(0) { bars, line in
        let syllables = line.count { SungPlan.isVowel($0) }
        return line.isEmpty ? bars : bars + max(1, (syllables + 3) / 4)
      }
    }
  }

  public let sections: [Section]

  /// Reads the text that a model of phones gets: `[verse] S IH L , W AO K ; [outro-short]`. What is
  /// neither a label nor a phone counts for nothing.
  public init(phoneText: String) {
    var sections: [Section] = []
    var label: String?
    var lines: [[UInt8]] = [[]]
    func finish() {
      let sung = lines.filter { !$0.isEmpty }
      if label != nil || !sung.isEmpty { sections.append(Section(label: label ?? "", lines: sung)) }
    }
    for word in phoneText.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if word.hasPrefix("[") {
        finish()
        (label, lines) = (String(word), [[]])
      } else if word == "," || word == ";" {
        lines.append([])
      } else if let phone = Phoneme(word) {
        lines[lines.count - 1].append(phone.number + 1)
      }
    }
    finish()
    self.sections = sections
  }

  /// All phones in the order in which they are sung.
  public var phones: [UInt8] { sections.flatMap { $0.lines.flatMap(\.self) } }

  /// The phones as they can be read from frames: of equal ones in a row only one can be told.
  public var readablePhones: [UInt8] {
    sections.flatMap { section in
      section.lines.flatMap { line in
        line.indices.filter { $0 == 0 || line[$0] != line[$0 - 1] }.map { line[$0] }
      }
    }
  }

  public var bars: Int { sections.reduce(0) { $0 + $1.bars } }

  /// Where each section lies, in frames, when a bar has that many.
  public func frames(ofSections bar: Int) -> [Range<Int>] {
    var start = 0
    return sections.map { section in
      let range = start..<start + section.bars * bar
      start = range.upperBound
      return range
    }
  }

  /// The symbols of phones, parted by spaces.
  public static func text(_ phones: some Sequence<UInt8>) -> String {
    phones.compactMap { phone in
      Phoneme.symbols.indices.contains(Int(phone) - 1) ? Phoneme.symbols[Int(phone) - 1] : nil
    }.joined(separator: " ")
  }

  static func isVowel(_ phone: UInt8) -> Bool { vowels.contains(phone) }

  private static let vowels = Set(
    Phoneme.symbols.indices.filter { Phoneme(Phoneme.symbols[$0])?.isVowel == true }
      .map { UInt8($0 + 1) })
}
