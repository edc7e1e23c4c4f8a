import Neural
import Weights

/// A 3x3 convolution with the batch norm behind it in one.
///
/// Batch norm at inference is x * s + (beta - mean * s) with s = gamma / sqrt(variance + 1e-5).
struct FoldedConvolution: Sendable {
  let inputs: Int
  let outputs: Int
  /// [3 steps in time, 3 in frequency, inputs, outputs].
  let weight: FloatBuffer
  /// [outputs].
  let bias: FloatBuffer

  /// - Parameters:
  ///   - key: `KEY.convN.weight` [out, in, 3 (frequency), 3 (time)], `KEY.convN.bias`, `KEY.bnN.…`.
  ///   - number: N.
  init(
    _ source: any TensorSource, _ key: String, _ number: Int, inputs: Int, outputs: Int
  ) throws(WeightsFailure) {
    (self.inputs, self.outputs) = (inputs, outputs)
    let stored = try source.tensor("\(key).conv\(number).weight", shape: [outputs, inputs, 3, 3])
    let bias = try source.tensor("\(key).conv\(number).bias", shape: [outputs])
    let norm = try FoldedNorm(source, "\(key).bn\(number)", width: outputs)
    let weight = FloatBuffer(count: stored.count)
    self.weight = weight
    self.bias = FloatBuffer(count: outputs)
    for output in 0..<outputs {
      let scale = norm.scale[output]
      self.bias[output] = bias.base[output] * scale + norm.offset[output]
      for input in 0..<inputs {
        let kernel = stored.base + (output * inputs + input) * 9
        for time in 0..<3 {
          for frequency in 0..<3 {
            weight.base[((time * 3 + frequency) * inputs + input) * outputs + output] =
              kernel[frequency * 3 + time] * scale
          }
        }
      }
    }
    stored.giveBack()
  }

  /// The weights [3, inputs, outputs] of one step in time.
  func weights(time: Int) -> UnsafePointer<Float> {
    UnsafePointer(weight.base + time * 3 * inputs * outputs)
  }
}

/// A batch norm at inference: x * scale + offset.
struct FoldedNorm: Sendable {
  let scale: FloatBuffer
  let offset: FloatBuffer

  /// - Parameter key: `KEY.weight`, `.bias`, `.running_mean`, `.running_var`, [width] each.
  init(_ source: any TensorSource, _ key: String, width: Int) throws(WeightsFailure) {
    let weight = try source.tensor(key + ".weight", shape: [width])
    let bias = try source.tensor(key + ".bias", shape: [width])
    let mean = try source.tensor(key + ".running_mean", shape: [width])
    let variance = try source.tensor(key + ".running_var", shape: [width])
    scale = FloatBuffer(count: width)
    offset = FloatBuffer(count: width)
    for index in 0..<width {
      let factor =
        Double(weight.base[index]) / (Double(variance.base[index]) + 1e-5).squareRoot()
      scale[index] = Float(factor)
      offset[index] = Float(Double(bias.base[index]) - Double(mean.base[index]) * factor)
    }
  }
}
