import Neural

/// T1's outputs of positions that T2 has not read yet, first in, first out.
struct PositionQueue {
  private let width: Int
  private var blocks: [(output: FloatBuffer, taken: Int)] = []

  init(width: Int) {
    self.width = width
  }

  /// Adds outputs [2, n, D].
  mutating func append(_ output: FloatBuffer) {
    blocks.append((output, 0))
  }

  /// The next `count` positions, [2, count, D]; as many must have been added.
  mutating func take(_ count: Int) -> FloatBuffer {
    if let (output, taken) = blocks.first, taken == 0, output.count == 2 * count * width {
      blocks.removeFirst()
      return output
    }
    let result = FloatBuffer(count: 2 * count * width)
    var filled = 0
    while filled < count, let (output, taken) = blocks.first {
      let length = output.count / (2 * width)
      let part = min(count - filled, length - taken)
      for row in 0..<2 {
        (result.base + (row * count + filled) * width)
          .update(from: output.base + (row * length + taken) * width, count: part * width)
      }
      filled += part
      if taken + part == length { blocks.removeFirst() } else { blocks[0].taken += part }
    }
    return result
  }
}
