import Diagnostics

/// Characters that models were not trained on.
///
/// One finding for each character, at its first place, however often it occurs.
enum CharacterCheck {
  static func findings(_ text: LocatedText, in what: String) -> [Finding] {
    var seen: [Unicode.Scalar: (first: Int, count: Int)] = [:]
    for (index, scalar) in text.scalars.enumerated() where CharacterRules.fault(scalar) != nil {
      seen[CharacterRules.representative(scalar), default: (index, 0)].count += 1
    }
    let list = seen.sorted { $0.value.first < $1.value.first }.prefix(24)
    return list.compactMap { _, occurrence in
      finding(
        text.scalars[occurrence.first], text.place(occurrence.first), occurrence.count, what)
    } + spaceRun(text, what)
  }

  private static func finding(
    _ scalar: Unicode.Scalar, _ place: Place?, _ count: Int, _ what: String
  ) -> Finding? {
    let times = count > 1 ? " (\(count) times)" : ""
    let shown = "'\(printable(String(scalar)))'"
    switch CharacterRules.fault(scalar) {
    case nil: return nil
    case .punctuation:
      let plain = CharacterRules.replacement(scalar)
      let instead = plain == " " ? "a space" : plain == "'" ? "the plain one" : "'\(plain)'"
      return .warning(
        .punctuation, place,
        "\(CharacterRules.name(scalar)) \(shown) in \(what)\(times); use \(instead)",
        repairable: true)
    case .space:
      return .warning(
        .space, place, "\(code(scalar)) in \(what)\(times); use an ordinary space",
        repairable: true)
    case .lineBreak:
      return .warning(
        .control, place, "line break in \(what)\(times); end lines with '.'", repairable: true)
    case .invisible:
      let message = "\(code(scalar)) in \(what)\(times) cannot be seen; remove it"
      return scalar.properties.generalCategory == .control
        ? .error(.control, place, message, repairable: true)
        : .warning(.control, place, message, repairable: true)
    }
  }

  private static func code(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "character U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Two or more spaces between words; around separators they are ``SeparatorCheck``'s business.
  private static func spaceRun(_ text: LocatedText, _ what: String) -> [Finding] {
    var first: Int?
    var count = 0
    var start = 0
    for index in 0...text.count where index == text.count || text.scalars[index] != " " {
      if index - start >= 2, start > 0, index < text.count,
        text.scalars[start - 1] != ";", text.scalars[index] != ";"
      {
        first = first ?? start
        count += 1
      }
      start = index + 1
    }
    guard let first else { return [] }
    let times = count > 1 ? " (\(count) times)" : ""
    return [
      .warning(
        .space, text.place(first), "several spaces in a row in \(what)\(times); use one",
        repairable: true)
    ]
  }
}
