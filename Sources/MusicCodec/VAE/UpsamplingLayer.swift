import Neural
import Weights

/// A Snake, then a transposed convolution with kernel 2s, stride s and padding s / 2, s even.
///
/// Every output row sees two input rows, so s of them are [x(t), x(t - 1)] times a matrix
/// [2 in, s out]: no overlapping sums. T rows give T s: half a stride falls off at either end.
package struct UpsamplingLayer: Layer {
  let stride: Int
  let inputs: Int
  let outputs: Int
  fileprivate let snake: Snake
  /// Taps 0..<s and s..<2s, each [in, s * out].
  fileprivate let current: FloatBuffer
  fileprivate let previous: FloatBuffer
  fileprivate let bias: FloatBuffer

  /// - Parameter key: Snake at `KEY.layers.0`, convolution [in, out, 2s] at `KEY.layers.1`.
  init(
    _ source: any TensorSource, _ key: String, inputs: Int, outputs: Int, stride: Int
  ) throws(WeightsFailure) {
    self.stride = stride
    self.inputs = inputs
    self.outputs = outputs
    snake = try Snake(source, key + ".layers.0", channels: inputs)
    let stored = try WeightNorm.fold(
      source, key + ".layers.1", shape: [inputs, outputs, 2 * stride])
    let width = stride * outputs
    current = FloatBuffer(count: inputs * width)
    previous = FloatBuffer(count: inputs * width)
    for input in 0..<inputs {
      for output in 0..<outputs {
        let taps = stored.base + (input * outputs + output) * 2 * stride
        for tap in 0..<stride {
          current.base[input * width + tap * outputs + output] = taps[tap]
          previous.base[input * width + tap * outputs + output] = taps[stride + tap]
        }
      }
    }
    let stored1 = try source.tensor(key + ".layers.1.bias", shape: [outputs])
    bias = FloatBuffer(count: width)
    for index in 0..<width { bias[index] = stored1.base[index % outputs] }
  }

  package func stream() -> any LayerStream { UpsamplingStream(self) }
}

private final class UpsamplingStream: LayerStream {
  private let layer: UpsamplingLayer
  /// The row before the next block, then rows that wait.
  let input: RowQueue
  private var active = 1
  private var started = false
  private var ended = false

  init(_ layer: UpsamplingLayer) {
    self.layer = layer
    input = RowQueue(channels: layer.inputs)
    input.appendZeros(1)
  }

  private init(copying other: UpsamplingStream) {
    layer = other.layer
    input = RowQueue(copying: other.input)
    (active, started, ended) = (other.active, other.started, other.ended)
  }

  var outputChannels: Int { layer.outputs }

  func step(maximum: Int, into out: RowQueue, pool: ThreadPool) -> Int {
    activate(pool)
    let half = layer.stride / 2
    let waiting = input.count - 1
    guard waiting > 0 else { return 0 }
    if !started {
      // The first block loses its first half: it lies before the signal.
      started = true
      return blocks(1, steps: half..<layer.stride, into: out, pool)
    }
    // The last block, of zeros, gives its first half only.
    let whole = ended ? waiting - 1 : waiting
    if whole == 0 { return blocks(1, steps: 0..<half, into: out, pool) }
    return blocks(
      min(whole, max(1, maximum / layer.stride)), steps: 0..<layer.stride, into: out, pool)
  }

  func finish() {
    input.appendZeros(1)
    ended = true
  }

  func copy() -> any LayerStream { UpsamplingStream(copying: self) }

  /// Rows `steps` of each of the next `count` blocks.
  private func blocks(
    _ count: Int, steps: Range<Int>, into out: RowQueue, _ pool: ThreadPool
  ) -> Int {
    let width = layer.stride * layer.outputs
    let skip = steps.lowerBound * layer.outputs
    let columns = steps.count * layer.outputs
    nonisolated(unsafe) let target = out.append(count * steps.count)
    let bias = layer.bias
    pool.run(count) { block in
      (target + block * columns).update(from: bias.base + skip, count: columns)
    }
    for (row, weight) in [(1, layer.current), (0, layer.previous)] {
      pool.gemm(
        transposeA: false, transposeB: false, m: count, n: columns, k: layer.inputs,
        a: input.rows + row * layer.inputs, lda: layer.inputs, b: weight.base + skip, ldb: width,
        beta: 1, c: target, ldc: columns)
    }
    input.drop(count)
    active -= count
    return count * steps.count
  }

  private func activate(_ pool: ThreadPool) {
    if input.count > active {
      let fresh = input.rows + active * input.channels
      layer.snake.apply(
        fresh, to: fresh, count: (input.count - active) * input.channels, pool: pool)
    }
    active = input.count
  }
}
