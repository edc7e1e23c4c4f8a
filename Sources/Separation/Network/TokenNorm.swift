import CKernels
import Neural
import Weights

/// A layer norm over the channels of each token.
struct TokenNorm: Sendable {
  private let weight: FloatTensor
  private let bias: FloatTensor

  /// - Parameter key: `KEY.weight`, `KEY.bias` [width].
  init(_ source: any TensorSource, _ key: String, width: Int) throws(WeightsFailure) {
    weight = try source.tensor(key + ".weight", shape: [width])
    bias = try source.tensor(key + ".bias", shape: [width])
  }

  /// y = LN(x) for `tokens` tokens; y may be x.
  func apply(
    _ x: UnsafePointer<Float>, tokens: Int, to y: UnsafeMutablePointer<Float>, _ pool: ThreadPool
  ) {
    let width = weight.count
    nonisolated(unsafe) let x = x
    nonisolated(unsafe) let y = y
    pool.blocks(tokens, of: 64) { first, count in
      for token in first..<first + count {
        sgk_layer_norm(
          x + token * width, weight.base, bias.base, y + token * width, width, 1e-5)
      }
    }
  }
}
