import Neural
import Weights

/// A group norm with one group: over all frames and channels of a sequence at once.
struct GroupNorm: Sendable {
  private let weight: FloatTensor
  private let shift: FloatTensor
  /// What is added to the sequence before it is normed.
  private let bias: Affine

  private static let epsilon = 1e-5

  /// - Parameters:
  ///   - key: `KEY.weight` and `KEY.bias` [channels].
  ///   - bias: the bias of the convolution before [channels]; `nil` for none.
  init(
    _ source: any TensorSource, _ key: String, channels: Int, bias: String? = nil
  ) throws(WeightsFailure) {
    weight = try source.tensor(key + ".weight", shape: [channels])
    shift = try source.tensor(key + ".bias", shape: [channels])
    self.bias =
      if let bias {
        Affine(bias: try source.tensor(bias, shape: [channels]))
      } else {
        Affine(channels: channels, gain: { _ in 1 }, offset: { _ in 0 })
      }
  }

  /// The norm of `x` [frames, channels], bias included, as a gain and an offset for each channel.
  func fold(_ x: UnsafePointer<Float>, frames: Int, _ pool: ThreadPool) -> Affine {
    let channels = weight.count
    let moments = Moments(
      x, rows: 1, width: frames * channels, stride: 0, bias: bias.offset, pool: pool)
    let factor = 1 / (moments.variance + Self.epsilon).squareRoot()
    return Affine(
      channels: channels, gain: { Float(factor * Double(weight.base[$0])) },
      offset: {
        let gain = factor * Double(weight.base[$0])
        return Float((Double(bias.offset[$0]) - moments.mean) * gain + Double(shift.base[$0]))
      })
  }
}
