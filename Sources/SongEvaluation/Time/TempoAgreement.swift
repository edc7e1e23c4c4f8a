/// How a tempo agrees with the one that was asked for.
public struct TempoAgreement: Sendable, Hashable {
  public let asked: Double
  /// By how much the song is faster, as a share of what was asked for; below 0 if it is slower.
  public let error: Double
  /// The same where half, double, a third or three times the tempo count as right: the smallest of
  /// these errors (as in Gouyon and others 2006, accuracy 2).
  public let foldedError: Double

  public init(asked: Double, found: Double) {
    self.asked = asked
    error = found / asked - 1
    foldedError =
      [1, 2, 0.5, 3, 1 / 3].map { found / (asked * $0) - 1 }.min { abs($0) < abs($1) } ?? error
  }
}
