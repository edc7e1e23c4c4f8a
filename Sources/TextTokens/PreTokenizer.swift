/// Cuts text into the stretches inside which byte pairs may merge.
///
/// At each place the first of these that fits (Unicode-aware; a mark is not a letter):
///
/// 1. `'s 't 're 've 'm 'll 'd` in either case;
/// 2. letters, with at most one character before them that is no letter, number, CR or LF;
/// 3. one number character;
/// 4. an optional space, then characters that are no white space, letter or number, then any CR, LF;
/// 5. white space up to and with the last CR or LF of its run;
/// 6. white space, all but the last character of its run unless the text ends there;
/// 7. white space.
enum PreTokenizer {
  enum Kind {
    case letter, number, newline, space, other
  }

  static func kind(of scalar: Unicode.Scalar) -> Kind {
    switch scalar.value {
    case 0x61...0x7A, 0x41...0x5A: return .letter
    case 0x30...0x39: return .number
    case 0x0A, 0x0D: return .newline
    case 0x20: return .space
    default: break
    }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return .letter
    case .decimalNumber, .letterNumber, .otherNumber:
      return .number
    default:
      return properties.isWhitespace ? .space : .other
    }
  }

  /// Calls `body` with each stretch, in order; together they are the whole text.
  ///
  /// - Complexity: O(n).
  static func forEach(_ text: [Unicode.Scalar], _ body: (ArraySlice<Unicode.Scalar>) -> Void) {
    let kinds = text.map(kind)
    var start = 0
    while start < text.count {
      let end = end(of: text, kinds, start)
      body(text[start..<end])
      start = end
    }
  }

  private static func end(of text: [Unicode.Scalar], _ kinds: [Kind], _ start: Int) -> Int {
    if let end = contraction(text, start) { return end }
    let kind = kinds[start]
    let following = start + 1 < kinds.count ? kinds[start + 1] : nil
    if kind == .number { return start + 1 }
    if kind == .letter || (kind != .newline && following == .letter) {
      return run(kinds, start + 1) { $0 == .letter }
    }
    if kind == .other || (text[start] == " " && following == .other) {
      return run(kinds, run(kinds, start + 1) { $0 == .other }) { $0 == .newline }
    }
    let end = run(kinds, start + 1) { $0 == .space || $0 == .newline }
    if let newline = kinds[start..<end].lastIndex(of: .newline) { return newline + 1 }
    return end == text.count || end == start + 1 ? end : end - 1
  }

  private static func run(_ kinds: [Kind], _ start: Int, where holds: (Kind) -> Bool) -> Int {
    var end = start
    while end < kinds.count, holds(kinds[end]) { end += 1 }
    return end
  }

  private static func contraction(_ text: [Unicode.Scalar], _ start: Int) -> Int? {
    guard text[start] == "'", start + 1 < text.count else { return nil }
    switch text[start + 1] {
    case "s", "S", "\u{17F}", "t", "T", "m", "M", "d", "D": return start + 2
    default: break
    }
    guard start + 2 < text.count else { return nil }
    switch (text[start + 1], text[start + 2]) {
    case ("r", "e"), ("R", "e"), ("r", "E"), ("R", "E"): return start + 3
    case ("v", "e"), ("V", "e"), ("v", "E"), ("V", "E"): return start + 3
    case ("l", "l"), ("L", "l"), ("l", "L"), ("L", "L"): return start + 3
    default: return nil
    }
  }
}
