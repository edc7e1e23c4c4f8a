import Neural

/// A convolution of the same length, zeros beyond the ends, after an optional Snake.
package struct ConvolutionLayer: Layer {
  let snake: Snake?
  let convolution: RowConvolution

  package func stream() -> any LayerStream { ConvolutionStream(self) }
}

private final class ConvolutionStream: LayerStream {
  private let layer: ConvolutionLayer
  let input: RowQueue
  /// Rows at the front of `input` that went through the Snake already.
  private var active: Int

  init(_ layer: ConvolutionLayer) {
    self.layer = layer
    input = RowQueue(channels: layer.convolution.inputs)
    input.appendZeros(layer.convolution.context / 2)
    active = input.count
  }

  private init(copying other: ConvolutionStream) {
    layer = other.layer
    input = RowQueue(copying: other.input)
    active = other.active
  }

  var outputChannels: Int { layer.convolution.outputs }

  func step(maximum: Int, into out: RowQueue, pool: ThreadPool) -> Int {
    let convolution = layer.convolution
    activate(pool)
    let count = min(maximum, input.count - convolution.context)
    guard count > 0 else { return 0 }
    nonisolated(unsafe) let source = input.rows
    nonisolated(unsafe) let target = out.append(count)
    let block = RowConvolution.block(count, pool)
    pool.run((count + block - 1) / block) { task in
      let first = task * block
      convolution.apply(
        source + first * convolution.inputs, count: min(block, count - first),
        to: target + first * convolution.outputs)
    }
    input.drop(count)
    active -= count
    return count
  }

  func finish() {
    input.appendZeros(layer.convolution.context - layer.convolution.context / 2)
  }

  func copy() -> any LayerStream { ConvolutionStream(copying: self) }

  private func activate(_ pool: ThreadPool) {
    if let snake = layer.snake, input.count > active {
      let fresh = input.rows + active * input.channels
      snake.apply(fresh, to: fresh, count: (input.count - active) * input.channels, pool: pool)
    }
    active = input.count
  }
}
