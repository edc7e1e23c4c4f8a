import Diagnostics

/// Labels, and which sections must and must not have words.
enum SectionCheck {
  static func findings(_ text: LocatedText, _ outline: Outline) -> [Finding] {
    var findings = outline.strayBrackets.prefix(8).map {
      let what = text.scalars[$0] == "[" ? "'[' is never closed" : "']' without '['"
      return Finding.error(.label, text.place($0), "\(what); labels are like '[verse]'")
    }
    findings += outline.remarks.prefix(8).map {
      .error(
        .label, text.place($0.lowerBound),
        "'\(printable(text.string($0)))' among the words is no label; remove it")
    }
    let parts = outline.sections
    guard !parts.isEmpty else {
      return findings + [
        .error(.section, text.places.first ?? nil, "the lyrics are empty; begin with '[verse]'")
      ]
    }
    for (index, part) in parts.enumerated() where !part.isRest {
      findings += check(text, part, isFirst: index == 0, isLast: index == parts.count - 1)
    }
    let labels = parts.compactMap { $0.label.map { text.string($0) } }
    if labels.count == parts.count,
      labels.allSatisfy({ SectionLabel(rawValue: $0)?.isSung == false })
    {
      findings.append(
        .warning(
          .section, text.place(parts[0].whole.lowerBound),
          "no section has words; use --instrumental for a song without a voice"))
    }
    return findings
  }

  private static func check(
    _ text: LocatedText, _ part: Outline.Part, isFirst: Bool, isLast: Bool
  ) -> [Finding] {
    let place = text.place(part.whole.lowerBound)
    guard let range = part.label else {
      let what =
        isFirst
        ? "words before the first label; begin with '[verse]' or another label"
        : "words without a label after a section that is not sung; begin with '[verse]'"
      return [.error(.section, place, what)]
    }
    let name = text.string(range)
    guard let label = SectionLabel(rawValue: name) else {
      let suggestion = SectionLabel.suggestion(for: name)
      let hint = suggestion.map { "; did you mean '\($0.rawValue)'?" } ?? "; see sg-lyrics(5)"
      return [
        .error(
          .label, place, "label '\(printable(name))' is not one of the 13 labels\(hint)",
          repairable: SectionLabel(loosely: name) != nil)
      ]
    }
    let isSilent = !text[part.words].scalars.contains {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
    if label.isSung, isSilent {
      return [.error(.section, place, "section '\(name)' has no words; it must have some")]
    }
    if !label.isSung, !part.words.isEmpty {
      return [
        .error(
          .section, text.place(part.words.lowerBound),
          "section '\(name)' has words; only [verse], [chorus] and [bridge] are sung")
      ]
    }
    if label.isIntro, !isFirst {
      return [
        .warning(
          .section, place, "'\(name)' is not the first section; '[inst-…]' is for later ones")
      ]
    }
    if label.isOutro, !isLast {
      return [
        .warning(
          .section, place, "'\(name)' is not the last section; '[inst-…]' is for earlier ones")
      ]
    }
    return []
  }
}
