/// How one sequence differs from another: the fewest insertions, deletions and substitutions that turn
/// one into the other (Levenshtein 1966), as for the word error rate of speech recognition.
public struct EditErrors: Sendable, Hashable {
  public let errors: Int
  /// Elements of what should be there.
  public let expected: Int

  /// The errors for each element that should be there; more than 1 where much is inserted.
  public var rate: Double? { expected > 0 ? Double(errors) / Double(expected) : nil }

  /// Longest sequence; what comes after is left out.
  public static let longest = 20_000

  /// - Complexity: O(found · expected).
  public init<Element: Hashable>(found: [Element], expected: [Element]) {
    let found = found.prefix(Self.longest)
    let expected = expected.prefix(Self.longest)
    // Numbers compare faster than strings.
    var numbers: [Element: Int] = [:]
    for element in expected where numbers[element] == nil { numbers[element] = numbers.count }
    let wanted = expected.map { numbers[$0] ?? -1 }
    var row = Array(0...wanted.count)
    for (line, element) in found.enumerated() {
      let number = numbers[element] ?? -1
      var diagonal = row[0]
      row[0] = line + 1
      for column in wanted.indices {
        let cost = wanted[column] == number ? diagonal : diagonal + 1
        diagonal = row[column + 1]
        row[column + 1] = min(cost, row[column] + 1, diagonal + 1)
      }
    }
    errors = row[wanted.count]
    self.expected = wanted.count
  }
}
