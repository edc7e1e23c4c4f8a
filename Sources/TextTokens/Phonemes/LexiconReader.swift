/// Reads a lexicon: `word PHONE PHONE …` a line, the words in small letters.
package struct LexiconReader {
  private static let file = "lexicon.txt"

  /// Reads all of `bytes`.
  package static func read(_ bytes: UnsafeRawBufferPointer) throws(TextFailure) -> [String:
    [Phoneme]]
  {
    guard bytes.count <= TextLimits.fileBytes else {
      throw .tooLarge(file, bytes.count, limit: TextLimits.fileBytes)
    }
    var words: [String: [Phoneme]] = [:]
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      number += 1
      let blank = UInt8(ascii: " ")
      let end = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      guard let space = end.firstIndex(of: blank), space > end.startIndex else {
        throw .malformed(file, "entry \(number) is not a word and its phones")
      }
      guard end.allSatisfy({ (0x20..<0x7F).contains($0) }) else {
        throw .malformed(file, "entry \(number) is not printable ASCII")
      }
      let word = String(decoding: end[..<space], as: UTF8.self)
      let symbols = String(decoding: end[space...], as: UTF8.self)
      guard let phones = Phoneme.sequence(symbols), !phones.isEmpty, phones.count <= 255 else {
        throw .malformed(file, "entry \(number) has a phone that is not one of the 39")
      }
      guard words.count < TextLimits.entries else {
        throw .tooLarge(file, words.count + 1, limit: TextLimits.entries, of: "words")
      }
      // Of several pronunciations the first holds.
      if words[word] == nil { words[word] = phones }
    }
    return words
  }
}
