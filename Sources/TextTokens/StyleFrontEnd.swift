import Diagnostics

/// A free description to the closed set of tags that a small model knows.
///
/// The set is data: groups of tags that exclude each other, in the order in which the model expects
/// them, and tempos. The result is `tag, tag, the bpm is N` with any of its parts missing.
public struct StyleFrontEnd: Sendable {
  private let groups: [[String]]
  private let tempos: [Int]
  private let temposOfTag: [String: [Int]]

  /// - Parameters:
  ///   - tags: groups of tags in small letters.
  ///   - bpm: all tempos, in beats per minute.
  ///   - temposOfTag: the tempos that the model knows together with a tag, where they are fewer.
  public init(tags: [[String]], bpm: [Int], temposOfTag: [String: [Int]] = [:]) {
    groups = tags
    tempos = bpm
    self.temposOfTag = temposOfTag
  }

  /// Keeps what the model knows of `description`.
  ///
  /// Of tags that exclude each other the first holds; a tempo becomes the nearest known one. The
  /// text is nil when nothing is left.
  public func style(_ description: String) -> FrontEndResult {
    var warnings = WarningList()
    var chosen = [String?](repeating: nil, count: groups.count)
    var wanted: Int?
    for phrase in PlainText.lowercase(description).split(whereSeparator: { ",;.\n".contains($0) }) {
      let words = phrase.split { !$0.isLetter && !$0.isNumber && !"-&/".contains($0) }
        .map(String.init)
      guard !words.isEmpty else { continue }
      if words.contains("bpm") {
        if let number = words.compactMap({ Int($0) }).first, (1...1000).contains(number) {
          wanted = wanted ?? number
        } else {
          warnings.add("'\(shown(phrase))' names no tempo: left out")
        }
        continue
      }
      var isKnown = false
      for (index, group) in groups.enumerated() {
        for tag in found(group, in: words) {
          isKnown = true
          if let first = chosen[index], first != tag {
            warnings.add("'\(tag)' and '\(first)' exclude each other: '\(tag)' is left out")
          } else {
            chosen[index] = tag
          }
        }
      }
      if !isKnown { warnings.add("'\(shown(phrase))' is not known to this model: left out") }
    }
    var parts = chosen.compactMap(\.self)
    if let wanted {
      let known = parts.compactMap { temposOfTag[$0] }.first ?? tempos
      if let tempo = known.min(by: { abs($0 - wanted) < abs($1 - wanted) }) {
        parts.append("the bpm is \(tempo)")
        if tempo != wanted { warnings.add("tempo \(wanted) becomes \(tempo), the nearest known") }
      } else {
        warnings.add("tempo \(wanted) is left out: this model knows no tempos")
      }
    }
    return FrontEndResult(
      text: parts.isEmpty ? nil : parts.joined(separator: ", "), warnings: warnings.all)
  }

  /// The tags of a group that occur in `words`, in the order of the words.
  private func found(_ group: [String], in words: [String]) -> [String] {
    words.indices.compactMap { start in
      group.first { tag in words[start...].starts(with: tag.split(separator: " ").map(String.init))
      }
    }
  }

  private func shown(_ phrase: Substring) -> String {
    printable(phrase.drop { $0 == " " }, limit: 40)
  }
}
