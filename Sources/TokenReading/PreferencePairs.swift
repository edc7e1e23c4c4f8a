/// Chooses pairs among the songs of one request.
public enum PreferencePairs {
  /// The best and the worst, the second best and the second worst, and so on, as long as the gap is
  /// wide enough; songs without a score are left out, and of equal ones the first is the better.
  ///
  /// - Parameters:
  ///   - scores: Larger is better.
  ///   - most: Most pairs.
  /// - Complexity: O(n log n).
  public static func choose(
    _ scores: [Double?], margin: Double, most: Int
  ) -> [(win: Int, lose: Int)] {
    let ranked = scores.indices.compactMap { index in scores[index].map { (index, $0) } }
      .sorted { $0.1 == $1.1 ? $0.0 < $1.0 : $0.1 > $1.1 }
    var pairs: [(win: Int, lose: Int)] = []
    for place in 0..<min(most, ranked.count / 2) {
      let (win, lose) = (ranked[place], ranked[ranked.count - 1 - place])
      guard win.1 - lose.1 >= margin - 1e-9, win.1 > lose.1 else { break }
      pairs.append((win.0, lose.0))
    }
    return pairs
  }
}
