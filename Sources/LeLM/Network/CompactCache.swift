import CKernels
import Neural

/// Keys and values in int8 with a scale for each head and position (`sgk_cache.h` has the layout).
///
/// Memory comes in pieces of 256 positions, as they arrive: [layer][head][row][block].
final class CompactCache: KVCache, @unchecked Sendable {
  /// Positions of a piece.
  static let step = Int(SGK_BLOCK)

  /// Whether the integer sums of the kernel have room: so many positions, heads so wide.
  static func fits(_ shape: TransformerShape, positions: Int) -> Bool {
    shape.headWidth <= 1024 && positions <= 100_000
  }

  /// Bytes of a piece.
  static func pieceBytes(_ shape: TransformerShape, rows: Int) -> Int {
    shape.layers * shape.heads * rows * sgk_block_bytes(shape.headWidth)
  }

  let rows: Int
  var lengths: [Int]
  private let shape: TransformerShape
  private let blockBytes: Int
  private var pieces: [FloatBuffer] = []
  private var bases: [UnsafePointer<UInt8>?] = []

  init(shape: TransformerShape, rows: Int) {
    self.rows = rows
    self.shape = shape
    lengths = [Int](repeating: 0, count: rows)
    blockBytes = sgk_block_bytes(shape.headWidth)
  }

  private func offset(_ layer: Int, _ row: Int, _ head: Int) -> Int {
    ((layer * shape.heads + head) * rows + row) * blockBytes
  }

  func reserve(positions: Int) {
    while pieces.count * Self.step < positions {
      let piece = FloatBuffer(count: Self.pieceBytes(shape, rows: rows) / 4)
      pieces.append(piece)
      bases.append(UnsafeRawPointer(piece.base).assumingMemoryBound(to: UInt8.self))
    }
  }

  private func block(_ piece: Int, _ offset: Int) -> UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(pieces[piece].base) + offset
  }

  func store(
    layer: Int, row: Int, head: Int, position: Int, key: UnsafePointer<Float>,
    value: UnsafePointer<Float>
  ) {
    sgk_block_store(
      block(position / Self.step, offset(layer, row, head)), position % Self.step, key, value,
      shape.headWidth)
  }

  func attend(
    layer: Int, row: Int, head: Int, queries: UnsafePointer<Float>, count: Int, position: Int,
    stride: Int, scale: Float, out: UnsafeMutablePointer<Float>
  ) {
    let offset = offset(layer, row, head)
    withUnsafeTemporaryAllocation(
      byteCount: sgk_attend_scratch(position + count) * MemoryLayout<Float>.stride, alignment: 64
    ) { scratch in
      let scratch = scratch.baseAddress?.assumingMemoryBound(to: Float.self)
      for i in 0..<count {
        sgk_attend_blocks(
          queries + i * stride, bases, offset, position + i + 1, shape.headWidth, scale, scratch,
          out + i * stride)
      }
    }
  }

  func snapshot(row: Int, positions: Int) -> CacheSnapshot {
    let count = (positions + Self.step - 1) / Self.step
    let parts = (0..<count).map { piece in
      let copy = FloatBuffer(count: shape.layers * shape.heads * blockBytes / 4)
      forEachHead(row) { index, place in
        (UnsafeMutableRawPointer(copy.base) + index * blockBytes).copyMemory(
          from: block(piece, place), byteCount: blockBytes)
      }
      return copy
    }
    return CacheSnapshot(positions: positions, parts: parts)
  }

  func restore(_ snapshot: CacheSnapshot, row: Int) {
    reserve(positions: snapshot.positions)
    for (piece, source) in snapshot.parts.enumerated() {
      forEachHead(row) { index, place in
        block(piece, place).copyMemory(
          from: UnsafeRawPointer(source.base) + index * blockBytes, byteCount: blockBytes)
      }
    }
    lengths[row] = snapshot.positions
  }

  private func forEachHead(_ row: Int, _ body: (Int, Int) -> Void) {
    for layer in 0..<shape.layers {
      for head in 0..<shape.heads { body(layer * shape.heads + head, offset(layer, row, head)) }
    }
  }
}
