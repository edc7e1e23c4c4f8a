import Glibc
import Neural

/// Cosines and sines of the rotary positions, half convention (RoFormer, arXiv 2104.09864).
///
/// Row `p` holds `headWidth / 2` numbers of angle `p * theta^(-2i / headWidth)`.
struct RotaryTable: Sendable {
  let half: Int
  let positions: Int
  private let cosines: FloatBuffer
  private let sines: FloatBuffer

  init(headWidth: Int, theta: Double, positions: Int) {
    half = headWidth / 2
    self.positions = positions
    cosines = FloatBuffer(count: positions * half)
    sines = FloatBuffer(count: positions * half)
    for i in 0..<half {
      // The reference makes the frequencies and the angles in f32.
      let frequency = Float(1) / Float(pow(theta, Double(2 * i) / Double(headWidth)))
      for position in 0..<positions {
        let angle = Float(position) * frequency
        cosines[position * half + i] = cosf(angle)
        sines[position * half + i] = sinf(angle)
      }
    }
  }

  func cosine(_ position: Int) -> UnsafePointer<Float> {
    UnsafePointer(cosines.base + position * half)
  }

  func sine(_ position: Int) -> UnsafePointer<Float> {
    UnsafePointer(sines.base + position * half)
  }
}
