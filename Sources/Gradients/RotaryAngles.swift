import Glibc
import Neural

/// Cosines and sines of rotary positions (RoPE, Su et al. 2021): angle = position * theta^(-2i / width).
public final class RotaryAngles: Sendable {
  /// Width of a head.
  public let width: Int
  /// Positions that the tables hold.
  public let positions: Int
  let cosine: FloatBuffer
  let sine: FloatBuffer
  let negativeSine: FloatBuffer

  public init(width: Int, theta: Double, positions: Int) {
    self.width = width
    self.positions = positions
    let half = width / 2
    cosine = FloatBuffer(count: positions * half)
    sine = FloatBuffer(count: positions * half)
    negativeSine = FloatBuffer(count: positions * half)
    for i in 0..<half {
      let frequency = Float(1 / pow(theta, Double(2 * i) / Double(width)))
      for position in 0..<positions {
        let angle = Double(Float(position) * frequency)
        cosine[position * half + i] = Float(cos(angle))
        sine[position * half + i] = Float(sin(angle))
        negativeSine[position * half + i] = -sine[position * half + i]
      }
    }
  }
}
