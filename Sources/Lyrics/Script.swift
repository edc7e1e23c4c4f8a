/// How a stretch of lyrics is written, as far as its punctuation depends on it.
enum Script {
  /// Chinese, Japanese, Korean: no spaces, no full stop at the end of a section.
  case eastAsian
  /// Words with spaces; sections end with a full stop.
  case latin
  /// Words with spaces; nothing is known of the end of a section.
  case other

  /// The script of the last letter in `scalars`; nil if there is no letter.
  init?(last scalars: some BidirectionalCollection<Unicode.Scalar>) {
    guard let letter = scalars.last(where: \.properties.isAlphabetic) else { return nil }
    self = Script(letter)
  }

  private init(_ letter: Unicode.Scalar) {
    switch letter.value {
    case 0x41...0x24F, 0x1E00...0x1EFF: self = .latin
    case 0x1100...0x11FF, 0x3005...0x30FF, 0x3130...0x318F, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xAC00...0xD7AF, 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x20000...0x3FFFF:
      self = .eastAsian
    default: self = .other
    }
  }
}
