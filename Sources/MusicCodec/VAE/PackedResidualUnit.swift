import Neural
import Weights

/// ``ResidualUnit`` with packed weights. The Snakes write what the convolutions read: no activated
/// signal lies in memory as f32.
struct PackedResidualUnit: Layer {
  let first: Snake
  let wide: PackedConvolution
  let second: Snake
  let narrow: PackedConvolution

  /// - Parameter key: `KEY.layers.0` … `KEY.layers.3`.
  init(
    _ source: any TensorSource, _ key: String, channels: Int, dilation: Int,
    element: IntegerElement
  ) throws(WeightsFailure) {
    first = try Snake(source, key + ".layers.0", channels: channels)
    wide = try PackedConvolution(
      source, key + ".layers.1", inputs: channels, outputs: channels, taps: 7, dilation: dilation,
      element: element)
    second = try Snake(source, key + ".layers.2", channels: channels)
    narrow = try PackedConvolution(
      source, key + ".layers.3", inputs: channels, outputs: channels, taps: 1, element: element)
  }

  func stream() -> any LayerStream { PackedResidualStream(self) }
}

private final class PackedResidualStream: LayerStream {
  private let unit: PackedResidualUnit
  let input: RowQueue
  /// snake(input), with the context that the wide convolution needs in front.
  private let activated: IntegerRowQueue
  /// Rows of `input` that are in `activated` already.
  private var active = 0

  init(_ unit: PackedResidualUnit) {
    self.unit = unit
    input = RowQueue(channels: unit.wide.inputs)
    activated = IntegerRowQueue(unit.wide.element, width: unit.wide.inputs)
    activated.appendZeros(unit.wide.context / 2)
  }

  private init(copying other: PackedResidualStream) {
    unit = other.unit
    input = RowQueue(copying: other.input)
    activated = IntegerRowQueue(copying: other.activated)
    active = other.active
  }

  var outputChannels: Int { unit.narrow.outputs }

  func step(maximum: Int, into out: RowQueue, pool: ThreadPool) -> Int {
    activate(pool)
    let count = min(maximum, activated.count - unit.wide.context)
    guard count > 0 else { return 0 }
    let channels = input.channels
    nonisolated(unsafe) let raw = input.rows
    nonisolated(unsafe) let target = out.append(count)
    let (rows, start) = (activated.rows, activated.start)
    let block = RowConvolution.block(count, pool)
    let unit = unit
    pool.run((count + block - 1) / block) { task in
      let first = task * block
      let height = min(block, count - first)
      let middle = IntegerRows(unit.narrow.element, rows: height, width: channels)
      withUnsafeTemporaryAllocation(of: Float.self, capacity: height * channels) {
        guard let wide = $0.baseAddress else { return }
        unit.wide.apply(rows, from: start + first, count: height, to: wide)
        unit.second.apply(wide, count: height, to: middle, from: 0)
      }
      let result = target + first * channels
      result.update(from: raw + first * channels, count: height * channels)
      unit.narrow.apply(middle, from: 0, count: height, to: result, accumulate: true)
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

  func copy() -> any LayerStream { PackedResidualStream(copying: self) }

  private func activate(_ pool: ThreadPool?) {
    let fresh = input.count - active
    guard fresh > 0 else { return }
    let source = input.rows + active * input.channels
    let first = activated.append(fresh)
    if let pool {
      unit.first.apply(source, count: fresh, to: activated.rows, from: first, pool: pool)
    } else {
      unit.first.apply(source, count: fresh, to: activated.rows, from: first)
    }
    active = input.count
  }
}
