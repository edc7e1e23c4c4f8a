import Diagnostics
@_spi(_Unicode) import Swift

/// Lyrics taken apart: sections of lines of words.
struct SungText {
  /// One word, and whether a comma or the like follows it.
  struct Word {
    /// As written, ASCII letters, digits and apostrophes only.
    var text: String
    var pauses = false
  }

  /// A label with its lines.
  struct Section {
    /// With its brackets; empty for words before the first label.
    let label: String
    var lines: [[Word]] = [[]]
  }

  /// Letters of the longest word that is pronounced.
  private static let longestWord = 48

  private(set) var sections = [Section(label: "")]
  private(set) var warnings = WarningList()
  private var word = ""
  private var foreign = ""

  /// - Parameter labels: the labels of the model with their brackets.
  init(_ lyrics: String, labels: [String]) {
    var rest = lyrics.unicodeScalars[...]
    let known = labels.map { Array($0.unicodeScalars) }
    while let scalar = rest.first {
      if scalar == "[" {
        endWord()
        if let label = known.first(where: { rest.starts(with: $0) }) {
          rest = rest.dropFirst(label.count)
          var name = String.UnicodeScalarView()
          name.append(contentsOf: label)
          sections.append(Section(label: String(name)))
          continue
        }
        if let close = rest.prefix(64).firstIndex(of: "]") {
          warnings.add("unknown label '\(printable(String(rest[...close])))': left out")
          rest = rest[close...].dropFirst()
          continue
        }
      }
      rest = rest.dropFirst()
      take(scalar)
    }
    endWord()
    for index in sections.indices { sections[index].lines.removeAll(where: \.isEmpty) }
    sections.removeAll { $0.label.isEmpty && $0.lines.isEmpty }
  }

  private mutating func take(_ scalar: Unicode.Scalar) {
    switch scalar {
    case ".", "!", "?", "\n", "\r", ";", "。", "！", "？", "；", "…", "\u{2028}":
      endWord()
      endLine()
    case ",", ":", "，", "、", "：", "—":
      endWord()
      pause()
    case "'", "’", "‘", "ʼ", "`":
      word.append("'")
    default:
      letter(scalar)
    }
  }

  /// A scalar that is part of a word, or parts words.
  private mutating func letter(_ scalar: Unicode.Scalar) {
    for part in String(scalar)._nfd {
      switch part.properties.generalCategory {
      case .nonspacingMark, .spacingMark, .format:
        continue
      case .decimalNumber where part.isASCII:
        if let last = word.last, !last.isNumber { endWord() }
        word.unicodeScalars.append(part)
      case .uppercaseLetter, .lowercaseLetter:
        if let last = word.last, last.isNumber { endWord() }
        if let plain = Self.plain(part) {
          word += plain
        } else {
          foreign.unicodeScalars.append(part)
        }
      case .otherLetter, .modifierLetter, .titlecaseLetter, .letterNumber, .otherNumber,
        .decimalNumber:
        foreign.unicodeScalars.append(part)
      default:
        endWord()
      }
    }
  }

  /// A Latin letter in ASCII.
  private static func plain(_ letter: Unicode.Scalar) -> String? {
    if letter.isASCII { return String(letter) }
    switch letter {
    case "ß": return "ss"
    case "æ", "Æ": return "ae"
    case "œ", "Œ": return "oe"
    case "ø", "Ø": return "o"
    case "đ", "Đ", "ð", "Ð": return "d"
    case "ł", "Ł": return "l"
    case "þ", "Þ": return "th"
    case "ı": return "i"
    default: return nil
    }
  }

  private mutating func endWord() {
    defer { (word, foreign) = ("", "") }
    guard foreign.isEmpty else {
      warnings.add("'\(printable(foreign, limit: 24))' is not in Latin letters: left out")
      return
    }
    guard word.contains(where: { $0 != "'" }) else { return }
    guard word.utf8.count <= Self.longestWord else {
      warnings.add("a word of \(word.utf8.count) letters is too long to sing: left out")
      return
    }
    sections[sections.count - 1].lines[lastLine].append(Word(text: word))
  }

  private var lastLine: Int { sections[sections.count - 1].lines.count - 1 }

  private mutating func endLine() {
    guard !sections[sections.count - 1].lines[lastLine].isEmpty else { return }
    sections[sections.count - 1].lines.append([])
  }

  private mutating func pause() {
    let last = sections[sections.count - 1].lines[lastLine].count - 1
    if last >= 0 { sections[sections.count - 1].lines[lastLine][last].pauses = true }
  }
}
