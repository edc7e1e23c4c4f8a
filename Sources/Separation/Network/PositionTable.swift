import Glibc
import Neural

/// Sines and cosines that tell the transformer where a token lies; in f32, as the reference has them.
enum PositionTable {
  private static let period: Float = 10000

  /// [frames, width]: cosines in the first half, sines in the second (`create_sin_embedding`).
  static func time(frames: Int, width: Int) -> FloatBuffer {
    let half = width / 2
    let table = FloatBuffer(count: frames * width)
    for index in 0..<half {
      let divisor = powf(period, Float(index) / Float(half - 1))
      for frame in 0..<frames {
        let phase = Float(frame) / divisor
        table[frame * width + index] = cosf(phase)
        table[frame * width + half + index] = sinf(phase)
      }
    }
    return table
  }

  /// [rows, frames, width]: the frame in the first half of the channels, the row in the second, sines
  /// and cosines in turn (`create_2d_sin_embedding`).
  static func plane(rows: Int, frames: Int, width: Int) -> FloatBuffer {
    let half = width / 2
    let table = FloatBuffer(count: rows * frames * width)
    for index in stride(from: 0, to: half, by: 2) {
      let factor = expf(Float(index) * -(logf(period) / Float(half)))
      for row in 0..<rows {
        for frame in 0..<frames {
          let line = (row * frames + frame) * width + index
          table[line] = sinf(Float(frame) * factor)
          table[line + 1] = cosf(Float(frame) * factor)
          table[line + half] = sinf(Float(row) * factor)
          table[line + half + 1] = cosf(Float(row) * factor)
        }
      }
    }
    return table
  }
}
