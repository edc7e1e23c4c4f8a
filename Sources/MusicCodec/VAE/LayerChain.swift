package import Neural

/// Layers one after the other, run along a signal piece by piece.
///
/// Each layer hands on what it made before it makes more, and makes at most some megabytes at a time.
/// So memory does not grow with the signal, and a piece is still in the cache when the next layer
/// reads it. No sample is computed twice: every layer remembers its context.
package final class LayerChain {
  /// Output floats of a layer per step: about what a core's cache holds.
  static let stepFloats = 1 << 18

  private let layers: [any LayerStream]
  private let output: RowQueue
  private let pool: ThreadPool

  package init(_ layers: [any Layer], channels: Int, pool: ThreadPool) {
    self.layers = layers.map { $0.stream() }
    output = RowQueue(channels: self.layers.last?.outputChannels ?? channels)
    self.pool = pool
  }

  private init(copying other: LayerChain) {
    layers = other.layers.map { $0.copy() }
    output = RowQueue(copying: other.output)
    pool = other.pool
  }

  /// A chain in the same state.
  func copy() -> LayerChain { LayerChain(copying: self) }

  /// Feeds `count` rows and calls `emit` with the rows that come out, in order.
  package func push(
    _ rows: UnsafePointer<Float>, count: Int, emit: (UnsafeBufferPointer<Float>) -> Void
  ) {
    guard let first = layers.first, count > 0 else { return }
    first.input.append(count).update(from: rows, count: count * first.input.channels)
    pump(0, ending: false, emit)
  }

  /// Ends the signal and gives out the rest.
  package func finish(emit: (UnsafeBufferPointer<Float>) -> Void) {
    pump(0, ending: true, emit)
  }

  private func pump(_ index: Int, ending: Bool, _ emit: (UnsafeBufferPointer<Float>) -> Void) {
    guard index < layers.count else {
      if output.count > 0 {
        emit(UnsafeBufferPointer(start: output.rows, count: output.count * output.channels))
        output.drop(output.count)
      }
      return
    }
    let layer = layers[index]
    if ending { layer.finish() }
    let next = index + 1 < layers.count ? layers[index + 1].input : output
    // Wide layers take more than that, so that their weights are worth fetching.
    let maximum = min(1 << 16, max(1024, Self.stepFloats / layer.outputChannels))
    while layer.step(maximum: maximum, into: next, pool: pool) > 0 {
      pump(index + 1, ending: false, emit)
    }
    if ending { pump(index + 1, ending: true, emit) }
  }
}
