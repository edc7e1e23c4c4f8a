import Diagnostics

/// Descriptions: tags parted by commas, not sentences.
enum StyleCheck {
  static func findings(_ text: LocatedText) -> [Finding] {
    guard !text.trimmed(0..<text.count).isEmpty else {
      return [
        .warning(
          .description, text.places.first ?? nil,
          "the description is empty, which is not the same as none; remove it", repairable: true)
      ]
    }
    var findings = CharacterCheck.findings(text, in: "the description")
    let tags = DescriptionTags(text)
    if let mark = tags.otherSeparators.first {
      findings.append(
        .warning(
          .description, text.place(mark), "'\(text.scalars[mark])' between tags; use ','",
          repairable: true))
    }
    if let empty = tags.ranges.first(where: \.isEmpty) {
      findings.append(
        .warning(
          .description, text.place(empty.lowerBound), "',' with no tag beside it",
          repairable: true))
    }
    var seen: Set<String> = []
    var tempo: Int?
    var voice: String?
    for range in tags.ranges where !range.isEmpty {
      let place = text.place(range.lowerBound)
      let tag = DescriptionTag(text.string(range))
      guard !tag.key.isEmpty else { continue }
      if !seen.insert(tag.key).inserted {
        findings.append(
          .warning(
            .description, place, "tag '\(printable(tag.key, limit: 40))' is given twice",
            repairable: true))
        continue
      }
      findings += check(tag, place)
      if let next = tag.tempo {
        if let tempo, tempo != next {
          findings.append(
            .warning(.description, place, "two tempos, \(tempo) and \(next); keep one"))
        }
        tempo = tempo ?? next
      }
      if tag.key == "male" || tag.key == "female" {
        if let voice {
          findings.append(
            .warning(
              .description, place, "'\(voice)' and '\(tag.key)'; keep one, or use 'mixed'"))
        }
        voice = tag.key
      }
    }
    if !findings.contains(where: \.isRepairable),
      StyleRepair.repaired(text)?.scalars != text.scalars
    {
      findings.append(
        .warning(
          .description, text.places.first ?? nil, "tags are not parted by ', '", repairable: true))
    }
    return findings
  }

  private static func check(_ tag: DescriptionTag, _ place: Place?) -> [Finding] {
    if let tempo = tag.tempo, !(30...300).contains(tempo) {
      return [
        .warning(
          .description, place, "tempo \(tempo) is not between 30 and 300 beats per minute")
      ]
    }
    if tag.namesTempo, !tag.isPlainTempo {
      return [
        .warning(
          .description, place, "write the tempo as a tag of its own: 'the bpm is 120'",
          repairable: tag.tempo != nil)
      ]
    }
    if tag.isSentence {
      return [
        .warning(
          .description, place,
          "'\(printable(tag.key, limit: 40))' is a sentence; use tags like 'female, pop, sad, piano'"
        )
      ]
    }
    return []
  }
}
