/// How borders that were found agree with those that are known: the hit rate of MIREX's task of
/// structural segmentation (Turnbull and others 2007).
///
/// A border found hits one known if both lie within the tolerance; each is hit once. The begin and
/// the end of the song do not count.
public struct BorderAgreement: Sendable, Hashable {
  /// Of the borders found, the share that hits.
  public let precision: Double
  /// Of the borders known, the share that is hit.
  public let recall: Double
  public let known: Int

  /// The harmonic mean of both.
  public var fMeasure: Double {
    precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
  }

  /// - Parameters:
  ///   - found: Seconds, in order.
  ///   - known: Seconds, in order.
  ///   - tolerance: Seconds; 3 and 0.5 are usual.
  /// - Returns: `nil` if no border is known.
  public init?(found: [Double], known: [Double], tolerance: Double) {
    guard !known.isEmpty else { return nil }
    var hits = 0
    var next = 0
    for border in known.sorted() {
      let found = found.sorted()
      while next < found.count, found[next] < border - tolerance { next += 1 }
      guard next < found.count, found[next] <= border + tolerance else { continue }
      hits += 1
      next += 1
    }
    self.known = known.count
    precision = found.isEmpty ? 0 : Double(hits) / Double(found.count)
    recall = Double(hits) / Double(known.count)
  }
}
