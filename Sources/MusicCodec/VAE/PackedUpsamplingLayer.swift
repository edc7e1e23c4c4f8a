import Neural
import Weights

/// ``UpsamplingLayer`` with packed weights: two input rows are two segments of one product.
struct PackedUpsamplingLayer: Layer {
  let stride: Int
  let inputs: Int
  let outputs: Int
  fileprivate let snake: Snake
  /// [s * out, 2 in]: taps s..<2s for the row before, 0..<s for the row itself.
  fileprivate let weight: IntegerWeights
  fileprivate let bias: FloatBuffer

  /// - Parameter key: Snake at `KEY.layers.0`, convolution [in, out, 2s] at `KEY.layers.1`.
  init(
    _ source: any TensorSource, _ key: String, inputs: Int, outputs: Int, stride: Int,
    element: IntegerElement
  ) throws(WeightsFailure) {
    self.stride = stride
    self.inputs = inputs
    self.outputs = outputs
    snake = try Snake(source, key + ".layers.0", channels: inputs)
    let taps = 2 * stride
    let stored = try WeightNorm.fold(source, key + ".layers.1", shape: [inputs, outputs, taps])
    let width = stride * outputs
    let ordered = FloatBuffer(count: 2 * inputs * width)
    for input in 0..<inputs {
      for output in 0..<outputs {
        let source = stored.base + (input * outputs + output) * taps
        for tap in 0..<taps {
          let row = tap < stride ? inputs + input : input
          ordered.base[row * width + tap % stride * outputs + output] = source[tap]
        }
      }
    }
    weight = IntegerWeights(element, outputs: width, inputs: inputs, segments: 2)
    weight.pack(ordered.base, row: width, transposed: true)
    withExtendedLifetime((stored, ordered)) {}
    let single = try source.tensor(key + ".layers.1.bias", shape: [outputs])
    bias = FloatBuffer(count: width)
    for index in 0..<width { bias[index] = single.base[index % outputs] }
  }

  func stream() -> any LayerStream { PackedUpsamplingStream(self) }
}

private final class PackedUpsamplingStream: LayerStream {
  private let layer: PackedUpsamplingLayer
  let input: RowQueue
  /// The row before the next block, then rows that wait, through the Snake.
  private let active: IntegerRowQueue
  private var started = false
  private var ended = false

  init(_ layer: PackedUpsamplingLayer) {
    self.layer = layer
    input = RowQueue(channels: layer.inputs)
    active = IntegerRowQueue(layer.weight.element, width: layer.inputs)
    active.appendZeros(1)
  }

  private init(copying other: PackedUpsamplingStream) {
    layer = other.layer
    input = RowQueue(copying: other.input)
    active = IntegerRowQueue(copying: other.active)
    (started, ended) = (other.started, other.ended)
  }

  var outputChannels: Int { layer.outputs }

  func step(maximum: Int, into out: RowQueue, pool: ThreadPool) -> Int {
    activate(pool)
    let (stride, half) = (layer.stride, layer.stride / 2)
    let waiting = active.count - 1
    guard waiting > 0 else { return 0 }
    if !started {
      // The first block loses its first half: it lies before the signal.
      started = true
      return part(half..<stride, into: out, pool)
    }
    // The last block, of zeros, gives its first half only.
    let whole = ended ? waiting - 1 : waiting
    if whole == 0 { return part(0..<half, into: out, pool) }
    let count = min(whole, max(1, maximum / stride))
    multiply(count, to: out.append(count * stride), pool)
    return count * stride
  }

  func finish() {
    activate(nil)
    active.appendZeros(1)
    ended = true
  }

  func copy() -> any LayerStream { PackedUpsamplingStream(copying: self) }

  /// Rows `steps` of the next block.
  private func part(_ steps: Range<Int>, into out: RowQueue, _ pool: ThreadPool) -> Int {
    let block = FloatBuffer(count: layer.stride * layer.outputs)
    multiply(1, to: block.base, pool)
    out.append(steps.count).update(
      from: block.base + steps.lowerBound * layer.outputs, count: steps.count * layer.outputs)
    return steps.count
  }

  private func multiply(_ count: Int, to out: UnsafeMutablePointer<Float>, _ pool: ThreadPool) {
    layer.weight.multiply(
      active.rows, from: active.start, count: count, bias: layer.bias.base, into: out,
      stride: layer.stride * layer.outputs, pool: pool)
    active.drop(count)
  }

  private func activate(_ pool: ThreadPool?) {
    let fresh = input.count
    guard fresh > 0 else { return }
    let first = active.append(fresh)
    if let pool {
      layer.snake.apply(input.rows, count: fresh, to: active.rows, from: first, pool: pool)
    } else {
      layer.snake.apply(input.rows, count: fresh, to: active.rows, from: first)
    }
    input.drop(fresh)
  }
}
