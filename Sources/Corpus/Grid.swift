import Glibc

/// The grid that all of a song lies on.
///
/// Every partial is a multiple of ``unit``, so it fits the ``period`` exactly; everything begins and
/// ends on a frame. A frame of a held note is the same samples as the frame two before.
public enum Grid {
  /// Samples per second.
  public static let sampleRate = 24_000
  /// Samples of a frame: 40 ms, 25 frames per second.
  public static let hop = 960
  /// What frequencies are counted in: 12.5 Hz.
  public static let unit: Float = 12.5
  /// Samples after which any sound of steady partials repeats: two frames.
  public static let period = 1920

  /// One period of a sine of one ``unit``: the only one that is computed.
  static let sine: [Float] = (0..<period).map {
    Float(sin(2 * Double.pi * Double($0) / Double(period)))
  }

  /// Adds a partial of `units` to a sound.
  ///
  /// - Parameter phase: where in ``period`` its first sample lies.
  static func add(_ units: Int, _ amplitude: Float, from phase: Int = 0, to wave: inout [Float]) {
    var phase = phase
    for index in wave.indices {
      wave[index] += amplitude * sine[phase]
      phase += units
      if phase >= period { phase -= period }
    }
  }
}

/// `base` to the power of `exponent`.
func power(_ base: Float, _ exponent: Float) -> Float { powf(base, exponent) }

/// The bell curve exp(-x²/2).
func bell(_ x: Float) -> Float { expf(-0.5 * x * x) }

/// A falling exponential.
func decay(_ x: Float) -> Float { expf(-x) }
