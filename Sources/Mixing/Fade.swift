import Glibc

/// A fade at each end: a squared sine, smooth at both of its ends.
public struct Fade: Sendable, Hashable {
  /// Frames from silence to full level at the start.
  public let rise: Int
  /// Frames from full level to silence at the end.
  public let fall: Int
  /// Frames of the whole.
  public let frames: Int

  public init(rise: Int, fall: Int, frames: Int) {
    self.rise = max(0, rise)
    self.fall = max(0, fall)
    self.frames = frames
  }

  /// The factor of frame `index`.
  public func factor(at index: Int) -> Float {
    var result = 1.0
    if index < rise { result *= Fade.curve(Double(index) / Double(rise)) }
    let left = frames - 1 - index
    if left < fall { result *= Fade.curve(Double(left) / Double(fall)) }
    return Float(result)
  }

  /// Scales stereo frames of which the first is frame `start` of the whole.
  public func apply(to samples: UnsafeMutableBufferPointer<Float>, from start: Int) {
    guard start < rise || start + samples.count / 2 > frames - fall else { return }
    for index in 0..<samples.count / 2 {
      let factor = factor(at: start + index)
      samples[index * 2] *= factor
      samples[index * 2 + 1] *= factor
    }
  }

  private static func curve(_ x: Double) -> Double {
    let value = sin(max(0, min(1, x)) * Double.pi / 2)
    return value * value
  }
}
