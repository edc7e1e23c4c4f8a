import CKernels
import Neural

extension Tape {
  /// Rotates the heads of each row to the row's position: pairs (i, i + width / 2), as Llama does.
  ///
  /// x is [rows, heads * width]. The gradient is rotated back.
  public func rotated(_ x: Variable, _ angles: RotaryAngles, positions: [Int32]) -> Variable {
    precondition(positions.count == x.rows && x.columns.isMultiple(of: angles.width))
    precondition(positions.allSatisfy { $0 >= 0 && $0 < angles.positions })
    let y = allocate(rows: x.rows, columns: x.columns, followed: isFollowed(x))
    value(y).update(from: value(x), count: x.count)
    turn(value(y), y, angles, angles.sine, positions)
    record(y) { [unowned self] dy in
      turn(dy, y, angles, angles.negativeSine, positions)
      sgk_accumulate(slope(x), dy, 1, y.count)
    }
    return y
  }

  private func turn(
    _ data: UnsafeMutablePointer<Float>, _ shape: Variable, _ angles: RotaryAngles,
    _ sine: FloatBuffer, _ positions: [Int32]
  ) {
    let half = angles.width / 2
    for row in 0..<shape.rows {
      let offset = Int(positions[row]) * half
      for start in stride(from: 0, to: shape.columns, by: angles.width) {
        sgk_rope_half(
          data + row * shape.columns + start, angles.cosine.base + offset, sine.base + offset,
          angles.width)
      }
    }
  }
}
