import Glibc

/// A learning rate that rises linearly, then falls along half a cosine.
public struct LearningRate: Sendable, Hashable {
  /// The highest rate.
  public var peak: Double
  /// Steps until it is reached.
  public var warmUp: Int
  /// Steps in all.
  public var steps: Int
  /// The rate at the end, as a share of the peak.
  public var floor: Double

  public init(peak: Double, warmUp: Int, steps: Int, floor: Double = 0.03) {
    self.peak = peak
    self.warmUp = warmUp
    self.steps = steps
    self.floor = floor
  }

  /// The rate of step `step`, counted from 0.
  public func rate(at step: Int) -> Double {
    let rise = warmUp > 0 ? min(1, Double(step + 1) / Double(warmUp)) : 1
    let progress = min(1, Double(step) / Double(max(1, steps)))
    return peak * rise * (floor + (1 - floor) * 0.5 * (1 + cos(.pi * progress)))
  }
}
