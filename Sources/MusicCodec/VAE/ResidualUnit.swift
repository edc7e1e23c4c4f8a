import Neural
import Weights

/// x + conv1(snake(conv7(snake(x)))), the first convolution dilated.
package struct ResidualUnit: Layer {
  let first: Snake
  let wide: RowConvolution
  let second: Snake
  let narrow: RowConvolution

  /// - Parameter key: `KEY.layers.0` … `KEY.layers.3`.
  init(
    _ source: any TensorSource, _ key: String, channels: Int, dilation: Int
  ) throws(WeightsFailure) {
    first = try Snake(source, key + ".layers.0", channels: channels)
    wide = try RowConvolution(
      source, key + ".layers.1", inputs: channels, outputs: channels, taps: 7, dilation: dilation)
    second = try Snake(source, key + ".layers.2", channels: channels)
    narrow = try RowConvolution(
      source, key + ".layers.3", inputs: channels, outputs: channels, taps: 1)
  }

  package func stream() -> any LayerStream { ResidualStream(self) }
}

private final class ResidualStream: LayerStream {
  private let unit: ResidualUnit
  let input: RowQueue
  /// snake(input), with the context that the wide convolution needs in front.
  private let activated: RowQueue
  /// Rows of `input` that are in `activated` already.
  private var active = 0

  init(_ unit: ResidualUnit) {
    self.unit = unit
    input = RowQueue(channels: unit.wide.inputs)
    activated = RowQueue(channels: unit.wide.inputs)
    activated.appendZeros(unit.wide.context / 2)
  }

  private init(copying other: ResidualStream) {
    unit = other.unit
    input = RowQueue(copying: other.input)
    activated = RowQueue(copying: other.activated)
    active = other.active
  }

  var outputChannels: Int { unit.narrow.outputs }

  func step(maximum: Int, into out: RowQueue, pool: ThreadPool) -> Int {
    activate(pool)
    let count = min(maximum, activated.count - unit.wide.context)
    guard count > 0 else { return 0 }
    let channels = input.channels
    nonisolated(unsafe) let raw = input.rows
    nonisolated(unsafe) let source = activated.rows
    nonisolated(unsafe) let target = out.append(count)
    let block = RowConvolution.block(count, pool)
    let unit = unit
    pool.run((count + block - 1) / block) { task in
      let first = task * block
      let rows = min(block, count - first)
      let size = rows * channels
      withUnsafeTemporaryAllocation(of: Float.self, capacity: size) {
        guard let middle = $0.baseAddress else { return }
        unit.wide.apply(source + first * channels, count: rows, to: middle)
        unit.second.apply(middle, to: middle, count: size)
        let result = target + first * channels
        result.update(from: raw + first * channels, count: size)
        unit.narrow.apply(middle, count: rows, to: result, accumulate: true)
      }
    }
    input.drop(count)
    activated.drop(count)
    active -= count
    return count
  }

  func finish() {
    // What is not activated yet lies between the context and these zeros.
    activate(nil)
    activated.appendZeros(unit.wide.context - unit.wide.context / 2)
  }

  func copy() -> any LayerStream { ResidualStream(copying: self) }

  private func activate(_ pool: ThreadPool?) {
    let fresh = input.count - active
    guard fresh > 0 else { return }
    let source = input.rows + active * input.channels
    let target = activated.append(fresh)
    if let pool {
      unit.first.apply(source, to: target, count: fresh * input.channels, pool: pool)
    } else {
      unit.first.apply(source, to: target, count: fresh * input.channels)
    }
    active = input.count
  }
}
