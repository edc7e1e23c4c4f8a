import Glibc
import Neural

/// Cosines and sines of the rotary positions, [frames, head width / 2] each, in f32.
///
/// Pair p turns by m * 10000^(-2p / width) at position m ("RoFormer", arXiv 2104.09864).
struct RotaryTable: Sendable {
  let cosine: FloatBuffer
  let sine: FloatBuffer

  init(frames: Int, width: Int) {
    let half = width / 2
    cosine = FloatBuffer(count: frames * half)
    sine = FloatBuffer(count: frames * half)
    for p in 0..<half {
      let theta = 1 / powf(10000, Float(2 * p) / Float(width))
      for frame in 0..<frames {
        let angle = Float(frame) * theta
        cosine[frame * half + p] = cosf(angle)
        sine[frame * half + p] = sinf(angle)
      }
    }
  }
}
