import Neural
import Weights

/// ``RowConvolution`` with packed weights, over quantised rows.
struct PackedConvolution: Sendable {
  let inputs: Int
  let outputs: Int
  let taps: Int
  let dilation: Int
  private let weight: IntegerWeights
  private let bias: FloatTensor?

  /// Context rows that an output row needs besides its own.
  var context: Int { (taps - 1) * dilation }
  /// How its input is quantised.
  var element: IntegerElement { weight.element }

  /// - Parameter key: `KEY.weight_v` [out, in, taps], `KEY.weight_g`, and `KEY.bias` [out].
  init(
    _ source: any TensorSource, _ key: String, inputs: Int, outputs: Int, taps: Int,
    dilation: Int = 1, hasBias: Bool = true, element: IntegerElement
  ) throws(WeightsFailure) {
    self.inputs = inputs
    self.outputs = outputs
    self.taps = taps
    self.dilation = dilation
    let stored = try WeightNorm.fold(source, key, shape: [outputs, inputs, taps])
    // [out, taps * in]: a tap is a segment.
    let ordered = FloatBuffer(count: stored.count)
    for output in 0..<outputs {
      let (from, to) = (stored.base + output * inputs * taps, ordered.base + output * inputs * taps)
      for input in 0..<inputs {
        for tap in 0..<taps { to[tap * inputs + input] = from[input * taps + tap] }
      }
    }
    weight = IntegerWeights(element, outputs: outputs, inputs: inputs, segments: taps)
    weight.pack(ordered.base, row: taps * inputs, transposed: false)
    withExtendedLifetime((stored, ordered)) {}
    bias = hasBias ? try source.tensor(key + ".bias", shape: [outputs]) : nil
  }

  /// `count` output rows from the `count + context` rows at `first`, on the calling thread.
  ///
  /// - Parameter accumulate: adds to what `out` holds, instead of overwriting it.
  func apply(
    _ rows: IntegerRows, from first: Int, count: Int, to out: UnsafeMutablePointer<Float>,
    accumulate: Bool = false
  ) {
    weight.multiply(
      rows, from: first, count: count, step: dilation, bias: bias?.base,
      result: accumulate ? .add : .set, into: out, stride: outputs)
  }
}

extension Snake {
  /// Rows through the Snake, quantised to the rows of `out` from `first` on.
  func apply(
    _ rows: UnsafePointer<Float>, count: Int, to out: IntegerRows, from first: Int
  ) {
    let channels = out.width
    let block = min(count, max(1, (1 << 13) / channels))
    withUnsafeTemporaryAllocation(of: Float.self, capacity: max(1, block * channels)) {
      guard let active = $0.baseAddress else { return }
      for start in stride(from: 0, to: count, by: block) {
        let some = min(block, count - start)
        apply(rows + start * channels, to: active, count: some * channels)
        for row in 0..<some { out.set(first + start + row, active + row * channels) }
      }
    }
  }

  /// The same over the pool.
  func apply(
    _ rows: UnsafePointer<Float>, count: Int, to out: IntegerRows, from first: Int,
    pool: ThreadPool
  ) {
    let block = max(16, (count + 4 * pool.threads - 1) / (4 * pool.threads))
    nonisolated(unsafe) let rows = rows
    pool.run((count + block - 1) / block) { task in
      let start = task * block
      apply(
        rows + start * out.width, count: min(block, count - start), to: out, from: first + start)
    }
  }
}
