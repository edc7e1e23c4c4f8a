/// Pronounces an English word from its letters alone.
struct LetterToSound: Sendable {
  /// One rule of ``LetterToSoundRules``.
  private struct Rule: Sendable {
    let left: [UInt8]
    let letters: [UInt8]
    let right: [UInt8]
    let phones: [Phoneme]
  }

  private static let longEndings = [
    "e", "es", "ed", "er", "ers", "ely", "eless", "eful", "ement", "ing", "ings", "able",
  ].map { Array($0.utf8) }

  /// The rules by their first letter.
  private var rules = [[Rule]](repeating: [], count: 256)

  /// Reads the table of rules.
  init(_ table: String = LetterToSoundRules.table) {
    for line in table.split(separator: "\n") {
      for text in line.split(separator: "|") {
        let sides = text.split(separator: "=")
        guard let pattern = sides.first?.split(separator: " ").first, let symbols = sides.last,
          let open = pattern.firstIndex(of: "("), let close = pattern.firstIndex(of: ")"),
          let first = pattern[open...].dropFirst().utf8.first
        else { continue }
        // `(letters)right=` without phones: the letters are mute.
        let phones = sides.count == 2 ? Phoneme.sequence(symbols) ?? [] : []
        rules[Int(first)].append(
          Rule(
            left: Array(pattern[..<open].utf8),
            letters: Array(pattern[open..<close].dropFirst().utf8),
            right: Array(pattern[close...].dropFirst().utf8), phones: phones))
      }
    }
  }

  /// The phones of `word`, small letters a…z; at least one.
  ///
  /// - Complexity: O(n²) at worst; words are short.
  func phones(_ word: [UInt8]) -> [Phoneme] {
    var result: [Phoneme] = []
    var position = 0
    while position < word.count {
      let rule = rules[Int(word[position])].first { fits($0, word, position) }
      for phone in rule?.phones ?? [] where phone != result.last { result.append(phone) }
      position += rule?.letters.count ?? 1
    }
    return result
  }

  private func fits(_ rule: Rule, _ word: [UInt8], _ position: Int) -> Bool {
    let end = position + rule.letters.count
    return word[position...].starts(with: rule.letters)
      && fits(rule.left.reversed(), Array(word[..<position].reversed()))
      && fits(rule.right, Array(word[end...]))
  }

  /// Whether `letters`, read away from the rule's own, begin as `pattern` says.
  private func fits(_ pattern: some Sequence<UInt8>, _ letters: [UInt8]) -> Bool {
    var rest = letters[...]
    for sign in pattern {
      switch sign {
      case UInt8(ascii: "_"):
        guard rest.isEmpty else { return false }
      case UInt8(ascii: "X"):
        guard Self.longEndings.contains(Array(rest)) else { return false }
        rest = []
      case UInt8(ascii: "Q"), UInt8(ascii: "Z"):
        let run = rest.prefix { !Self.isVowel($0) }
        guard sign == UInt8(ascii: "Z") || !run.isEmpty else { return false }
        rest = rest.dropFirst(run.count)
      default:
        guard let letter = rest.popFirst(), Self.fits(sign, letter) else { return false }
      }
    }
    return true
  }

  private static func fits(_ sign: UInt8, _ letter: UInt8) -> Bool {
    switch sign {
    case UInt8(ascii: "V"): isVowel(letter)
    case UInt8(ascii: "C"): !isVowel(letter)
    case UInt8(ascii: "E"): "eiy".utf8.contains(letter)
    case UInt8(ascii: "D"): "bdgjlmnrvwz".utf8.contains(letter)
    case UInt8(ascii: "N"): !"wrxyaeiou".utf8.contains(letter)
    default: sign == letter
    }
  }

  private static func isVowel(_ letter: UInt8) -> Bool { "aeiouy".utf8.contains(letter) }
}
