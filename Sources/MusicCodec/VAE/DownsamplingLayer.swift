import Neural
import Weights

/// A Snake, then a convolution with kernel 2s, stride s and padding s / 2, s even.
///
/// T rows give T / s, rounded down. A window of 2s rows is two runs of s rows, each a contiguous
/// vector, so the convolution is two matrix products without any copying.
package struct DownsamplingLayer: Layer {
  let stride: Int
  let inputs: Int
  let outputs: Int
  fileprivate let snake: Snake
  /// [2s * in, out].
  fileprivate let weight: FloatBuffer
  fileprivate let bias: FloatTensor

  /// - Parameters:
  ///   - snakeKey: the Snake.
  ///   - key: the convolution [out, in, 2s].
  init(
    _ source: any TensorSource, snakeKey: String, key: String, inputs: Int, outputs: Int,
    stride: Int
  ) throws(WeightsFailure) {
    self.stride = stride
    self.inputs = inputs
    self.outputs = outputs
    snake = try Snake(source, snakeKey, channels: inputs)
    let taps = 2 * stride
    let stored = try WeightNorm.fold(source, key, shape: [outputs, inputs, taps])
    weight = FloatBuffer(count: stored.count)
    for output in 0..<outputs {
      for input in 0..<inputs {
        for tap in 0..<taps {
          weight.base[(tap * inputs + input) * outputs + output] =
            stored.base[(output * inputs + input) * taps + tap]
        }
      }
    }
    bias = try source.tensor(key + ".bias", shape: [outputs])
  }

  package func stream() -> any LayerStream { DownsamplingStream(self) }
}

private final class DownsamplingStream: LayerStream {
  private let layer: DownsamplingLayer
  let input: RowQueue
  private var active: Int

  init(_ layer: DownsamplingLayer) {
    self.layer = layer
    input = RowQueue(channels: layer.inputs)
    input.appendZeros(layer.stride / 2)
    active = input.count
  }

  private init(copying other: DownsamplingStream) {
    layer = other.layer
    input = RowQueue(copying: other.input)
    active = other.active
  }

  var outputChannels: Int { layer.outputs }

  func step(maximum: Int, into out: RowQueue, pool: ThreadPool) -> Int {
    if input.count > active {
      let fresh = input.rows + active * input.channels
      layer.snake.apply(
        fresh, to: fresh, count: (input.count - active) * input.channels, pool: pool)
      active = input.count
    }
    let stride = layer.stride
    let count = min(maximum, input.count / stride - 1)
    guard count > 0 else { return 0 }
    let target = out.append(count)
    for row in 0..<count {
      (target + row * layer.outputs).update(from: layer.bias.base, count: layer.outputs)
    }
    let run = stride * layer.inputs
    for half in 0..<2 {
      pool.gemm(
        transposeA: false, transposeB: false, m: count, n: layer.outputs, k: run,
        a: input.rows + half * run, lda: run, b: layer.weight.base + half * run * layer.outputs,
        ldb: layer.outputs, beta: 1, c: target, ldc: layer.outputs)
    }
    input.drop(count * stride)
    active -= count * stride
    return count
  }

  func finish() { input.appendZeros(layer.stride / 2) }

  func copy() -> any LayerStream { DownsamplingStream(copying: self) }
}
