/// One of the 39 phones of American English in ARPAbet, without stress.
package struct Phoneme: Hashable, Sendable {
  /// All symbols, in alphabetical order.
  package static let symbols = [
    "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH",
    "IH", "IY", "JH", "K", "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH",
    "UW", "V", "W", "Y", "Z", "ZH",
  ]
  private static let numbers = Dictionary(
    uniqueKeysWithValues: zip(symbols, UInt8(0)...))

  /// Its place in ``symbols``.
  package let number: UInt8

  /// The phone of an upper-case symbol.
  package init?(_ symbol: some StringProtocol) {
    guard let number = Self.numbers[String(symbol)] else { return nil }
    self.number = number
  }

  /// The phones of symbols separated by spaces; nil if one is unknown.
  package static func sequence(_ symbols: some StringProtocol) -> [Phoneme]? {
    var result: [Phoneme] = []
    for symbol in symbols.split(separator: " ") {
      guard let phone = Phoneme(symbol) else { return nil }
      result.append(phone)
    }
    return result
  }

  /// The symbol.
  package var symbol: String { Self.symbols[Int(number)] }

  /// Whether it carries a syllable.
  package var isVowel: Bool {
    switch symbol.utf8.first {
    case UInt8(ascii: "A"), UInt8(ascii: "E"), UInt8(ascii: "I"), UInt8(ascii: "O"),
      UInt8(ascii: "U"):
      true
    default: false
    }
  }

  /// Whether an ending `s` after it is a syllable of its own.
  var isSibilant: Bool { ["S", "Z", "SH", "ZH", "CH", "JH"].contains(symbol) }

  /// Whether the vocal cords rest.
  var isVoiceless: Bool { ["P", "T", "K", "F", "TH", "S", "SH", "CH", "HH"].contains(symbol) }
}
