import Glibc

/// How one stem comes to the bus.
public struct StemSettings: Sendable, Hashable {
  /// Decibels; minus infinity mutes.
  public var gain: Double
  /// -1 (left) to 1 (right).
  public var pan: Double
  /// 0 (mono), 1 (as it is) to 2 (sides doubled).
  public var width: Double

  /// The gains allowed, beside minus infinity.
  public static let gains = -120.0...40.0
  public static let pans = -1.0...1.0
  public static let widths = 0.0...2.0

  public init(gain: Double = 0, pan: Double = 0, width: Double = 1) {
    self.gain = gain
    self.pan = pan
    self.width = width
  }

  /// The factors from the two input channels to the two of the bus.
  ///
  /// Width scales the side signal (L-R)/2 against the mid signal (L+R)/2. Pan follows the equal
  /// power law, cos and sin of an angle from 0 to 90 degrees, scaled so that the middle is 0 dB: a
  /// side is +3 dB when the other is off.
  public var matrix: StemMatrix {
    let angle = (pan + 1) * Double.pi / 4
    let left = factor(decibels: gain) * 2.0.squareRoot() * cos(angle)
    let right = factor(decibels: gain) * 2.0.squareRoot() * sin(angle)
    let (same, other) = ((1 + width) / 2, (1 - width) / 2)
    return StemMatrix(
      leftFromLeft: Float(left * same), leftFromRight: Float(left * other),
      rightFromLeft: Float(right * other), rightFromRight: Float(right * same))
  }
}

/// Factors from two input channels to two output channels.
public struct StemMatrix: Sendable, Hashable {
  public var leftFromLeft: Float
  public var leftFromRight: Float
  public var rightFromLeft: Float
  public var rightFromRight: Float
}
