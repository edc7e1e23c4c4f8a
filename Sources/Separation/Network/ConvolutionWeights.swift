import Neural
import Weights

/// Convolution weights as the matrix that windows of channels-last rows are multiplied by.
enum ConvolutionWeights {
  /// [out, in, taps...] as [taps... * in, out].
  static func taps(
    _ source: any TensorSource, _ name: String, shape: [Int]
  ) throws(WeightsFailure) -> FloatBuffer {
    let stored = try source.tensor(name, shape: shape)
    let (outputs, inputs) = (shape[0], shape[1])
    let taps = shape.dropFirst(2).reduce(1, *)
    let result = FloatBuffer(count: stored.count)
    for output in 0..<outputs {
      for input in 0..<inputs {
        for tap in 0..<taps {
          result.base[(tap * inputs + input) * outputs + output] =
            stored.base[(output * inputs + input) * taps + tap]
        }
      }
    }
    return result
  }
}
