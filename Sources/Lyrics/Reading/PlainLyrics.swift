/// Reads lyrics in lines, with the labels as headings.
///
///     [verse]
///     Morning light is on the water
///     We are walking to the station
enum PlainLyrics {
  /// Reads a whole file; what cannot be read becomes a finding.
  static func read(_ bytes: [UInt8], id: String) -> RequestDraft {
    let start = Place(line: 1, column: 1)
    var draft = RequestDraft(id: id, place: start)
    guard bytes.count <= LyricsLimits.requestBytes else {
      draft.findings = [
        .error(
          .size, start,
          "the lyrics have over \(LyricsLimits.requestBytes) bytes, which is the limit")
      ]
      return draft
    }
    let signs = bytes.lazy.filter { !" \t\r\n".utf8.contains($0) }.prefix(2)
    if signs.elementsEqual("[{".utf8) {
      draft.findings = [
        .error(
          .json, start, "a JSON array; requests are one object a line (jq -c '.[]' makes them)")
      ]
      return draft
    }
    switch UTF8Check.text(bytes) {
    case .success(let text):
      draft.lyrics = LyricsRepair.composed(located(text.unicodeScalars), repairing: false)
      draft.lyricsPlace = start
    case .failure(let broken):
      let before = located(broken.before)
      let last = before.places.last ?? nil
      let isNewLine = before.scalars.last == "\n"
      let place =
        last.map {
          isNewLine
            ? Place(line: Int($0.line) + 1, column: 1)
            : Place(line: Int($0.line), column: Int($0.column) + 1)
        } ?? start
      draft.findings = [.error(.encoding, place, "not UTF-8; save the file as UTF-8")]
    }
    return draft
  }

  /// The text with the place of every character; a byte order mark and CR before LF are left out.
  private static func located(_ scalars: some Collection<Unicode.Scalar>) -> LocatedText {
    var text = LocatedText()
    var (line, column) = (1, 1)
    for scalar in scalars.first == "\u{FEFF}" ? scalars.dropFirst() : scalars[...] {
      if scalar == "\n", text.scalars.last == "\r" { text.removeLast() }
      text.append(scalar, at: Place(line: line, column: column))
      column += 1
      if scalar == "\n" { (line, column) = (line + 1, 1) }
    }
    return text
  }
}
