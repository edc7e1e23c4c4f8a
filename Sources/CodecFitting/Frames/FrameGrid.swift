import Glibc

/// How a stem is cut into frames: 80 ms of samples for each 40 ms, at 24 kHz.
public enum FrameGrid {
  /// Samples per second of a stem.
  public static let sampleRate = 24_000
  /// Samples of a frame.
  public static let hop = 960
  /// Samples that a frame is seen through.
  public static let window = 1920
  /// Samples before a frame's first that are seen too.
  public static let lead = 480

  /// The root of a periodic Hann window, which begins with 0.
  public static let form: [Float] = (0..<window).map { index in
    Float((0.5 - 0.5 * cos(2 * Double.pi * Double(index) / Double(window))).squareRoot())
  }

  /// Whole frames of a stem.
  public static func frames(samples: Int) -> Int { max(0, samples) / hop }
}
