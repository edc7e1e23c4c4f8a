/// The key of a song: the major or minor key whose profile is most like its pitch classes.
///
/// The profiles are those of Krumhansl and Kessler (Krumhansl 1990, "Cognitive Foundations of Musical
/// Pitch", page 30); the likeness is Pearson's correlation.
public struct KeyEstimate: Sendable, Hashable {
  /// 0 for C to 11 for B.
  public let tonic: Int
  public let isMinor: Bool
  /// The correlation with the profile, up to 1.
  public let likeness: Double

  private static let major = [
    6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88,
  ]
  private static let minor = [
    6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17,
  ]
  private static let names = [
    "C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B",
  ]

  /// `A minor`.
  public var name: String { Self.names[tonic] + (isMinor ? " minor" : " major") }

  /// - Parameter chroma: How strong each of the 12 pitch classes is, from C on.
  /// - Returns: `nil` if all are equal, or there are not 12.
  public init?(chroma: [Double]) {
    guard chroma.count == 12 else { return nil }
    var best: (tonic: Int, isMinor: Bool, likeness: Double)?
    for tonic in 0..<12 {
      let turned = (0..<12).map { chroma[($0 + tonic) % 12] }
      for (isMinor, profile) in [(false, Self.major), (true, Self.minor)] {
        guard let likeness = correlation(turned, profile) else { return nil }
        if likeness > best?.likeness ?? -2 { best = (tonic, isMinor, likeness) }
      }
    }
    guard let best else { return nil }
    (tonic, isMinor, likeness) = best
  }
}

/// Pearson's correlation; nil if one of both does not vary.
func correlation(_ one: [Double], _ other: [Double]) -> Double? {
  guard one.count == other.count, !one.isEmpty else { return nil }
  let count = Double(one.count)
  let (mean, otherMean) = (one.reduce(0, +) / count, other.reduce(0, +) / count)
  var (both, own, others) = (0.0, 0.0, 0.0)
  for (a, b) in zip(one, other) {
    both += (a - mean) * (b - otherMean)
    own += (a - mean) * (a - mean)
    others += (b - otherMean) * (b - otherMean)
  }
  let product = (own * others).squareRoot()
  return product > 1e-30 ? both / product : nil
}
