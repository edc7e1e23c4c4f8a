import Neural

/// ``ConvolutionLayer`` with packed weights: a Snake, then a convolution of the same length.
struct PackedConvolutionLayer: Layer {
  let snake: Snake
  let convolution: PackedConvolution

  func stream() -> any LayerStream { PackedConvolutionStream(self) }
}

private final class PackedConvolutionStream: LayerStream {
  private let layer: PackedConvolutionLayer
  let input: RowQueue
  /// What went through the Snake, with the context in front.
  private let active: IntegerRowQueue

  init(_ layer: PackedConvolutionLayer) {
    self.layer = layer
    input = RowQueue(channels: layer.convolution.inputs)
    active = IntegerRowQueue(layer.convolution.element, width: layer.convolution.inputs)
    active.appendZeros(layer.convolution.context / 2)
  }

  private init(copying other: PackedConvolutionStream) {
    layer = other.layer
    input = RowQueue(copying: other.input)
    active = IntegerRowQueue(copying: other.active)
  }

  var outputChannels: Int { layer.convolution.outputs }

  func step(maximum: Int, into out: RowQueue, pool: ThreadPool) -> Int {
    activate(pool)
    let convolution = layer.convolution
    let count = min(maximum, active.count - convolution.context)
    guard count > 0 else { return 0 }
    let (rows, start) = (active.rows, active.start)
    nonisolated(unsafe) let target = out.append(count)
    let block = RowConvolution.block(count, pool)
    pool.run((count + block - 1) / block) { task in
      let first = task * block
      convolution.apply(
        rows, from: start + first, count: min(block, count - first),
        to: target + first * convolution.outputs)
    }
    active.drop(count)
    return count
  }

  func finish() {
    activate(nil)
    active.appendZeros(layer.convolution.context - layer.convolution.context / 2)
  }

  func copy() -> any LayerStream { PackedConvolutionStream(copying: self) }

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
