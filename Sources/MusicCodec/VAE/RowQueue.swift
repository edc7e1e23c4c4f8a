import Neural

/// Rows of `channels` floats that wait for a layer: appended at the end, dropped from the front.
///
/// The rows are contiguous, so a convolution sees its context in front of the new rows.
package final class RowQueue {
  let channels: Int
  private(set) var count = 0
  private var start = 0
  private var storage: FloatBuffer

  init(channels: Int) {
    self.channels = channels
    storage = FloatBuffer(count: 64 * channels)
  }

  /// A queue with the same rows.
  init(copying other: RowQueue) {
    channels = other.channels
    count = other.count
    storage = FloatBuffer(count: max(64, other.count) * channels)
    storage.base.update(from: other.rows, count: count * channels)
  }

  /// The first row.
  var rows: UnsafeMutablePointer<Float> { storage.base + start * channels }

  /// Makes room for `more` rows at the end and returns the first of them; their content is undefined.
  func append(_ more: Int) -> UnsafeMutablePointer<Float> {
    let capacity = storage.count / channels
    if start + count + more > capacity {
      if count + more > capacity - capacity / 4 {
        let larger = FloatBuffer(count: (count + more) * 3 / 2 * channels)
        larger.base.update(from: rows, count: count * channels)
        storage = larger
      } else {
        storage.base.update(from: rows, count: count * channels)
      }
      start = 0
    }
    defer { count += more }
    return rows + count * channels
  }

  func appendZeros(_ more: Int) {
    append(more).update(repeating: 0, count: more * channels)
  }

  func drop(_ rows: Int) {
    start += rows
    count -= rows
    if count == 0 { start = 0 }
  }
}
