import Testing
import TextTokens

/// Merging by heap against merging as it is defined, on random tables.
@Suite struct BytePairTests {
  private static let letters = ["a", "b", "c"]

  @Test func roundsAsDefined() throws {
    var random = FixedGenerator(state: 31)
    for _ in 0..<120 {
      // Merges in any order, so that a merge may make a pair of a lower rank than its own.
      var pieces = Self.letters
      var merges: [(String, String)] = []
      for _ in 0..<Int.random(in: 1...14, using: &random) {
        let left = pieces.randomElement(using: &random) ?? "a"
        let right = pieces.randomElement(using: &random) ?? "a"
        guard left.count + right.count <= 6, !merges.contains(where: { $0 == (left, right) }) else {
          continue
        }
        merges.append((left, right))
        if !pieces.contains(left + right) { pieces.append(left + right) }
      }
      merges.shuffle(using: &random)
      let tokenizer = try Self.tokenizer(pieces, merges)
      for _ in 0..<20 {
        let text = (0..<Int.random(in: 0...24, using: &random))
          .map { _ in Self.letters.randomElement(using: &random) ?? "a" }
        #expect(tokenizer.encode(text.joined()) == Self.merged(text, merges).map { id($0, pieces) })
      }
    }
  }

  private func id(_ piece: String, _ pieces: [String]) -> Int32 {
    if piece.utf8.count == 1 { return Int32(piece.utf8.first ?? 0) }
    return Int32(253 + (pieces.firstIndex(of: piece) ?? 0))
  }

  /// The bytes have their own values as ids, the pieces follow.
  private static func tokenizer(
    _ pieces: [String], _ merges: [(String, String)]
  ) throws -> Tokenizer {
    let more = pieces.enumerated().dropFirst(3).map { ",\"\($1)\":\(253 + $0)" }.joined()
    let lines = merges.map { "\($0) \($1)" }.joined(separator: "\n")
    return try Tokenizer(
      vocabulary: Array(HostileFilesTests.vocabulary(more).utf8), merges: Array(lines.utf8))
  }

  /// Rounds: the pair of the lowest rank, all its occurrences from left to right.
  private static func merged(_ text: [String], _ merges: [(String, String)]) -> [String] {
    var word = text
    while true {
      let found = merges.first { merge in
        zip(word, word.dropFirst()).contains { $0 == merge }
      }
      guard let found else { return word }
      var next: [String] = []
      var index = 0
      while index < word.count {
        if index + 1 < word.count, (word[index], word[index + 1]) == found {
          next.append(found.0 + found.1)
          index += 2
        } else {
          next.append(word[index])
          index += 1
        }
      }
      word = next
    }
  }
}
