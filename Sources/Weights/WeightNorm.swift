public import Neural

/// Weights that were stored as direction and length: w = g * v / ||v||, the norm over all axes but the
/// first ("Weight Normalization", arXiv 1602.07868).
public enum WeightNorm {
  /// - Parameters:
  ///   - key: `KEY.weight_v` of `shape`, `KEY.weight_g` [shape[0], 1, 1].
  ///   - shape: [out, in, taps], or [in, out, taps] of a transposed convolution.
  /// - Returns: w, row-major in `shape`.
  public static func fold(
    _ source: any TensorSource, _ key: String, shape: [Int]
  ) throws(WeightsFailure) -> FloatBuffer {
    let direction = try source.tensor(key + ".weight_v", shape: shape)
    let length = try source.tensor(key + ".weight_g", shape: [shape[0], 1, 1])
    defer { direction.giveBack() }
    return withExtendedLifetime((direction, length)) {
      fold(direction.base, length.base, count: direction.count, rows: shape[0])
    }
  }

  /// As ``fold(_:_:shape:)``, of numbers at hand: v as `rows` rows, g as `rows` numbers.
  public static func fold(
    direction: FloatBuffer, length: FloatBuffer, rows: Int
  ) -> FloatBuffer {
    withExtendedLifetime((direction, length)) {
      fold(direction.base, length.base, count: direction.count, rows: rows)
    }
  }

  /// The lengths ||w|| of the rows of a folded weight: with w itself as direction, ``fold(_:_:shape:)``
  /// gives w again, bit by bit.
  static func lengths(of folded: FloatBuffer, rows: Int) -> FloatBuffer {
    let row = rows == 0 ? 0 : folded.count / rows
    let lengths = FloatBuffer(count: rows)
    for index in 0..<rows { lengths[index] = norm(folded.base + index * row, row) }
    return lengths
  }

  private static func fold(
    _ direction: UnsafePointer<Float>, _ length: UnsafePointer<Float>, count: Int, rows: Int
  ) -> FloatBuffer {
    let row = rows == 0 ? 0 : count / rows
    let folded = FloatBuffer(count: count)
    for index in 0..<rows {
      let v = direction + index * row
      let w = folded.base + index * row
      // A row of zeros has no direction: it stays zero.
      let norm = norm(v, row)
      let factor = norm == 0 ? 0 : length[index] / norm
      for element in 0..<row { w[element] = v[element] * factor }
    }
    return folded
  }

  private static func norm(_ row: UnsafePointer<Float>, _ count: Int) -> Float {
    var sum = 0.0
    for element in 0..<count { sum += Double(row[element]) * Double(row[element]) }
    return Float(sum.squareRoot())
  }
}
