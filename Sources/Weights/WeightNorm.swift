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
    let row = shape.dropFirst().reduce(1, *)
    let folded = FloatBuffer(count: direction.count)
    for index in 0..<shape[0] {
      let v = direction.base + index * row
      let w = folded.base + index * row
      // A row of zeros has no direction: it stays zero.
      let norm = norm(v, row)
      let factor = norm == 0 ? 0 : length.base[index] / norm
      for element in 0..<row { w[element] = v[element] * factor }
    }
    return folded
  }

  /// The lengths ||w|| of the rows of a folded weight: with w itself as direction, ``fold(_:_:shape:)``
  /// gives w again, bit by bit.
  static func lengths(of folded: FloatBuffer, rows: Int) -> FloatBuffer {
    let row = rows == 0 ? 0 : folded.count / rows
    let lengths = FloatBuffer(count: rows)
    for index in 0..<rows { lengths[index] = norm(folded.base + index * row, row) }
    return lengths
  }

  private static func norm(_ row: UnsafePointer<Float>, _ count: Int) -> Float {
    var sum = 0.0
    for element in 0..<count { sum += Double(row[element]) * Double(row[element]) }
    return Float(sum.squareRoot())
  }
}
