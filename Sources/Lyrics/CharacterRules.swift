/// Characters that do not belong into lyrics or descriptions, and what stands for them.
enum CharacterRules {
  /// What is wrong with a character.
  enum Fault: Hashable {
    /// Full-width or typographic.
    case punctuation
    /// A space, but not the ordinary one.
    case space
    /// A line break.
    case lineBreak
    /// Not visible, or a control character.
    case invisible
  }

  private static let marks: [Unicode.Scalar: (name: String, plain: String)] = [
    "，": ("full-width comma", ","), "、": ("ideographic comma", ","),
    "。": ("full-width full stop", "."), "．": ("full-width full stop", "."),
    "｡": ("ideographic full stop", "."), "！": ("full-width exclamation mark", "!"),
    "？": ("full-width question mark", "?"), "；": ("full-width semicolon", ";"),
    "：": ("full-width colon", ":"), "（": ("full-width bracket", "("),
    "）": ("full-width bracket", ")"), "［": ("full-width bracket", "["),
    "］": ("full-width bracket", "]"), "【": ("full-width bracket", "["),
    "】": ("full-width bracket", "]"), "“": ("typographic quote", "\""),
    "”": ("typographic quote", "\""), "„": ("typographic quote", "\""),
    "「": ("corner bracket", "\""), "」": ("corner bracket", "\""),
    "『": ("corner bracket", "\""), "』": ("corner bracket", "\""),
    "‘": ("typographic apostrophe", "'"), "’": ("typographic apostrophe", "'"),
    "ʼ": ("typographic apostrophe", "'"), "…": ("ellipsis", "..."), "—": ("dash", "-"),
    "–": ("dash", "-"), "～": ("full-width tilde", "~"), "〜": ("wave dash", "~"),
    "·": ("middle dot", " "), "・": ("middle dot", " "),
  ]

  /// The fault of a character; nil if there is none.
  static func fault(_ scalar: Unicode.Scalar) -> Fault? {
    if (0x20..<0x7F).contains(scalar.value) { return nil }
    if marks[scalar] != nil || (0xFF01...0xFF5E).contains(scalar.value) { return .punctuation }
    switch scalar.properties.generalCategory {
    case .spaceSeparator: return .space
    case .lineSeparator, .paragraphSeparator: return .lineBreak
    case .control:
      if scalar == "\n" || scalar == "\r" || scalar == "\u{85}" { return .lineBreak }
      return scalar == "\t" ? .space : .invisible
    case .format: return scalar == "\u{200D}" || scalar == "\u{200C}" ? nil : .invisible
    case .surrogate, .privateUse, .unassigned: return .invisible
    default: return nil
    }
  }

  /// One character for all that are told of together: full-width letters and digits.
  static func representative(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: "Ａ"
    default: scalar
    }
  }

  /// What to write for a faulty character.
  static func replacement(_ scalar: Unicode.Scalar) -> String {
    switch fault(scalar) {
    case nil: return String(scalar)
    case .space: return " "
    case .lineBreak: return "\n"
    case .invisible: return ""
    case .punctuation:
      if let mark = marks[scalar] { return mark.plain }
      let plain = Unicode.Scalar(scalar.value - 0xFF01 + 0x21)
      return plain.map { String($0) } ?? ""
    }
  }

  /// What to call a faulty character.
  static func name(_ scalar: Unicode.Scalar) -> String {
    if let mark = marks[scalar] { return mark.name }
    return fault(scalar) == .punctuation ? "full-width character" : "character"
  }

  /// `text` with every faulty character replaced.
  static func repaired(_ text: LocatedText) -> LocatedText {
    var result = LocatedText()
    for index in text.scalars.indices {
      for scalar in replacement(text.scalars[index]).unicodeScalars {
        result.append(scalar, at: text.places[index])
      }
    }
    return result
  }
}
