/// Puts a description into the form that the models know: tags parted by a comma and a space.
enum StyleRepair {
  /// All that is safe: characters, spaces, separators, tags given twice, the form of the tempo.
  ///
  /// Repairing twice changes nothing more. nil is a description without any tag.
  static func repaired(_ text: LocatedText) -> LocatedText? {
    let plain = CharacterRules.repaired(text)
    var result = LocatedText()
    var seen: Set<String> = []
    for range in DescriptionTags(plain).ranges where !range.isEmpty {
      let tag = DescriptionTag(plain.string(range))
      guard !tag.key.isEmpty, seen.insert(tag.key).inserted else { continue }
      if !result.isEmpty { result.append(", ") }
      if let tempo = tag.tempo, !tag.isPlainTempo {
        let place = plain.place(range.lowerBound)
        guard seen.insert("the bpm is \(tempo)").inserted else { continue }
        result.append(LocatedText("the bpm is \(tempo)", at: place))
      } else {
        var last: Unicode.Scalar?
        for index in range where plain.scalars[index] != " " || last != " " {
          result.append(plain.scalars[index], at: plain.places[index])
          last = plain.scalars[index]
        }
      }
    }
    return result.isEmpty ? nil : result
  }
}
