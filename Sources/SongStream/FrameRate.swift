/// Frames per second, as a ratio: 25/1 for tokens, 48000/1 for samples.
public struct FrameRate: Sendable, Hashable {
  public var numerator: Int
  public var denominator: Int

  public init(_ numerator: Int, _ denominator: Int = 1) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// How long `frames` frames last, in seconds.
  public func seconds(_ frames: UInt64) -> Double {
    Double(frames) * Double(denominator) / Double(numerator)
  }

  /// How many frames it takes to cover `seconds` seconds, or nil if that is beyond 64 bits.
  func frames(covering seconds: Int) -> UInt64? {
    guard seconds >= 0, numerator > 0, denominator > 0 else { return nil }
    let product = UInt64(seconds).multipliedReportingOverflow(by: UInt64(numerator))
    guard !product.overflow else { return nil }
    let whole = product.partialValue / UInt64(denominator)
    return product.partialValue % UInt64(denominator) == 0 ? whole : whole + 1
  }
}
