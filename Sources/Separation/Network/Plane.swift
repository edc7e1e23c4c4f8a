import Neural

/// A signal of the network, channels last: [rows, frames, channels].
///
/// Rows are frequencies, and frames spectrogram frames; or there is one row, and frames are samples.
/// There is silence around: two frames before each row, two rows before the first and after the last,
/// some frames after all. So a convolution reads its padding from memory, and rows that follow each other
/// can be read as one. What writes there sets it back to zero.
package final class Plane: Sendable {
  package let rows: Int
  package let frames: Int
  package let channels: Int
  /// Frames from one row to the next.
  let pitch: Int
  private let memory: FloatBuffer
  private let halo: Int

  /// Silent frames before each row.
  static let lead = 2
  /// Silent frames after the last row.
  static let trail = 8

  init(rows: Int, frames: Int, channels: Int) {
    self.rows = rows
    self.frames = frames
    self.channels = channels
    pitch = frames + Self.lead
    halo = rows > 1 ? 2 : 0
    memory = FloatBuffer(count: ((rows + 2 * halo) * pitch + Self.trail) * channels)
  }

  /// Row `index` [frames, channels], from 2 before the first to 2 after the last.
  package func row(_ index: Int) -> UnsafeMutablePointer<Float> {
    memory.base + ((index + halo) * pitch + Self.lead) * channels
  }

  /// Adds `other`, which has the same shape.
  func add(_ other: Plane, _ pool: ThreadPool) {
    pool.run(rows) { index in
      let (target, source) = (self.row(index), other.row(index))
      for element in 0..<frames * channels { target[element] += source[element] }
    }
  }

  /// x = gain * x + offset.
  func scale(gain: Float, offset: Float, _ pool: ThreadPool) {
    pool.run(rows) { index in
      let target = self.row(index)
      for element in 0..<frames * channels { target[element] = gain * target[element] + offset }
    }
  }

  /// A copy.
  func copy() -> Plane {
    let other = Plane(rows: rows, frames: frames, channels: channels)
    other.memory.base.update(from: memory.base, count: memory.count)
    return other
  }

  /// Sets the silence before and after an only row back to zero.
  func silenceEnds() {
    (row(0) - Self.lead * channels).update(repeating: 0, count: Self.lead * channels)
    (row(0) + frames * channels).update(repeating: 0, count: Self.trail * channels)
  }
}
