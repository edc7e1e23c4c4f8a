import Neural
import Weights

/// One projection of the flow network: y = x W + b.
struct FlowLinear: Sendable {
  enum Weight: Sendable {
    /// [in, out], as stored.
    case floats(FloatTensor)
    case packed(IntegerWeights)
  }

  let weight: Weight
  /// [out].
  let bias: FloatTensor

  /// - Parameter key: `KEY.weight` [inputs, outputs], `KEY.bias` [outputs].
  init(
    _ source: any TensorSource, _ key: String, inputs: Int, outputs: Int, precision: Precision,
    pool: ThreadPool?
  ) throws(WeightsFailure) {
    let stored = try source.tensor(key + ".weight", shape: [inputs, outputs])
    bias = try source.tensor(key + ".bias", shape: [outputs])
    if let element = precision.element {
      let packed = IntegerWeights(element, outputs: outputs, inputs: inputs)
      packed.pack(stored.base, row: outputs, transposed: true, pool: pool)
      stored.giveBack()
      weight = .packed(packed)
    } else {
      weight = .floats(stored)
    }
  }
}
