import Glibc
import Neural
import Weights

/// Weights that were stored as direction and length: w = g * v / ||v||, the norm over all axes but the
/// first ("Weight Normalization", arXiv 1602.07868).
enum WeightNorm {
  /// - Parameters:
  ///   - key: `KEY.weight_v` of `shape`, `KEY.weight_g` [shape[0], 1, 1].
  ///   - shape: [out, in, taps], or [in, out, taps] of a transposed convolution.
  /// - Returns: w, row-major in `shape`.
  static func fold(
    _ source: any TensorSource, _ key: String, shape: [Int]
  ) throws(WeightsFailure) -> FloatBuffer {
    let direction = try source.tensor(key + ".weight_v", shape: shape)
    let length = try source.tensor(key + ".weight_g", shape: [shape[0], 1, 1])
    let row = shape.dropFirst().reduce(1, *)
    let folded = FloatBuffer(count: direction.count)
    for index in 0..<shape[0] {
      let v = direction.base + index * row
      let w = folded.base + index * row
      var sum = 0.0
      for element in 0..<row { sum += Double(v[element]) * Double(v[element]) }
      let factor = length.base[index] / Float(sum.squareRoot())
      for element in 0..<row { w[element] = v[element] * factor }
    }
    return folded
  }
}

/// e^x (expf(3)).
func exponential(_ x: Float) -> Float { expf(x) }
