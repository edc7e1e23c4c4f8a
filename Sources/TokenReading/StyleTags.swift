/// A description as a model knows it: `female, pop, happy, piano, the bpm is 125`.
public struct StyleTags: Sendable, Hashable {
  public let tags: [String]
  /// Beats per minute.
  public let tempo: Int?

  public init(_ description: String?) {
    let parts = (description ?? "").split(separator: ",").map { part in
      part.split(separator: " ").joined(separator: " ").lowercased()
    }
    let opening = "the bpm is "
    tags = parts.filter { !$0.hasPrefix(opening) && !$0.isEmpty }
    tempo = parts.first { $0.hasPrefix(opening) }.flatMap { Int($0.dropFirst(opening.count)) }
      .flatMap { (1...1000).contains($0) ? $0 : nil }
  }

  /// Which of a group of tags is asked for.
  public func tag(of group: [String]) -> Int? { group.firstIndex { tags.contains($0) } }

  /// Frames of a beat of ``tempo``, if songs may have it.
  public var beat: Int? {
    tempo.flatMap { tempo in
      TokenStatistics.beats.first { abs(1500 - tempo * $0) * 2 <= $0 + 1 }
    }
  }
}
