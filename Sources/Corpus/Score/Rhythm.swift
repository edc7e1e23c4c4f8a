/// When the syllables of a bar are sung: a function of section, number of syllables and tempo.
enum Rhythm {
  /// By how many frames notes off the beat come late: a third of a beat, even.
  static func swing(_ tempo: Tempo) -> Int { tempo.beat / 3 / 2 * 2 }

  /// First frame of each quarter of a bar: even in a verse, long and short in a chorus, short and
  /// long in a bridge.
  static func beats(_ kind: SectionKind, _ tempo: Tempo) -> [Int] {
    let late =
      switch kind {
      case .chorus: swing(tempo)
      case .bridge: -swing(tempo)
      default: 0
      }
    return (0..<4).map { $0 * tempo.beat + ($0 % 2) * late }
  }

  /// First frame and length of each of `count` syllables, 1 to 4.
  ///
  /// - Parameter endsLine: whether the last is the last of its line: it is held, at most two beats,
  ///   and two frames of rest follow at least.
  static func slots(
    _ kind: SectionKind, _ tempo: Tempo, count: Int, endsLine: Bool
  ) -> [(start: Int, frames: Int)] {
    let beats = beats(kind, tempo) + [tempo.bar]
    return (0..<count).map { index in
      let (start, end) = (beats[index], beats[index + 1])
      guard endsLine, index == count - 1 else { return (start, end - start) }
      return (start, min(2 * tempo.beat, tempo.bar - 2 - start))
    }
  }
}
