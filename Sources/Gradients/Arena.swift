import Neural

/// Memory that is handed out in pieces and taken back all at once.
final class Arena {
  private var blocks: [FloatBuffer] = []
  private var block = 0
  private var offset = 0
  private static let blockSize = 1 << 22

  /// `count` floats, aligned to 64 bytes, with whatever was there before.
  func take(_ count: Int) -> UnsafeMutablePointer<Float> {
    let size = (count + 15) & ~15
    while block < blocks.count, offset + size > blocks[block].count {
      block += 1
      offset = 0
    }
    if block == blocks.count {
      blocks.append(FloatBuffer(count: max(size, Self.blockSize)))
      offset = 0
    }
    defer { offset += size }
    return blocks[block].base + offset
  }

  /// `count` zeros.
  func zeros(_ count: Int) -> UnsafeMutablePointer<Float> {
    let memory = take(count)
    memory.update(repeating: 0, count: count)
    return memory
  }

  /// Takes everything back.
  func reset() {
    block = 0
    offset = 0
  }
}
