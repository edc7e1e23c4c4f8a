/// Lyrics to phones, for a model whose pieces are phones.
///
/// `[label] P P P , P P P ; [label] …`: the phones of a line one after the other (word boundaries
/// are not marked), lines joined by ` , `, sections by ` ; `. Lines end at `.` `!` `?` `;` and line
/// breaks; one of over eight syllables is cut further. A section without words is its label.
public struct PhonemeFrontEnd: Sendable {
  private let pronouncer: Pronouncer
  private let labels: [String]

  /// - Parameters:
  ///   - lexicon: `word PHONE PHONE …` a line, in small letters; read during the call only.
  ///   - labels: the section labels of the model with their brackets.
  public init(lexicon: UnsafeRawBufferPointer, labels: [String]) throws(TextFailure) {
    pronouncer = Pronouncer(lexicon: try LexiconReader.read(lexicon))
    self.labels = labels
  }

  /// The same with an array.
  public init(lexicon: [UInt8], labels: [String]) throws(TextFailure) {
    let result = lexicon.withUnsafeBytes { bytes in
      Result { () throws(TextFailure) in try PhonemeFrontEnd(lexicon: bytes, labels: labels) }
    }
    self = try result.get()
  }

  /// The phones of `lyrics`, the text of a request.
  ///
  /// Lyrics whose words are all phone symbols in capitals are phones already: a comma ends a line
  /// of theirs, and no line is cut. Words that cannot be pronounced are left out with a warning.
  public func phonemes(_ lyrics: String) -> FrontEndResult {
    let sung = SungText(lyrics, labels: labels)
    let arePhones = sung.sections.allSatisfy { section in
      section.lines.allSatisfy { $0.allSatisfy { Phoneme($0.text) != nil } }
    }
    let sections = sung.sections.map { section in
      let lines = section.lines.flatMap { arePhones ? Self.given($0) : pronounced($0) }
      let words = lines.map { line in line.map(\.symbol).joined(separator: " ") }
        .joined(separator: " , ")
      return [section.label, words].filter { !$0.isEmpty }.joined(separator: " ")
    }
    return FrontEndResult(
      text: sections.filter { !$0.isEmpty }.joined(separator: " ; "), warnings: sung.warnings.all)
  }

  /// The phones of one word, however written; none if it has no Latin letters.
  package func phonemes(ofWord word: String) -> [String] {
    pronouncer.phones(word.lowercased()).map(\.symbol)
  }

  /// The words of `text` as they are sung: in small letters, numbers spelt out, without labels.
  public func words(_ text: String) -> [String] {
    SungText(text, labels: labels).sections.flatMap { $0.lines.joined() }.flatMap { word in
      word.text.first?.isNumber == true
        ? NumberWords.words(word.text) : [word.text.lowercased()]
    }
  }

  private static func given(_ line: [SungText.Word]) -> [[Phoneme]] {
    var lines: [[Phoneme]] = [[]]
    for word in line {
      lines[lines.count - 1] += Phoneme(word.text).map { [$0] } ?? []
      if word.pauses { lines.append([]) }
    }
    return lines.filter { !$0.isEmpty }
  }

  private func pronounced(_ line: [SungText.Word]) -> [[Phoneme]] {
    let words = line.flatMap { word in
      let parts =
        word.text.first?.isNumber == true
        ? NumberWords.words(word.text) : [word.text.lowercased()]
      return parts.enumerated().map { index, part in
        SungLine.Word(
          phones: pronouncer.phones(part), pauses: word.pauses && index == parts.count - 1)
      }
    }
    return SungLine(words: words[...]).pieces().map { $0.flatMap(\.phones) }
      .filter { !$0.isEmpty }
  }
}
