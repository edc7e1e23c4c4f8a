import CKernels

/// Quantised weights in the order in which a product reads them.
///
/// `segments` above 1 are the taps of a convolution: the inputs are then `segments` rows of `inputs`.
public final class IntegerWeights: Sendable {
  public let element: IntegerElement
  public let outputs: Int
  public let inputs: Int
  public let segments: Int
  private let storage: FloatBuffer

  /// Columns of a panel: a product may be cut at multiples of it.
  static let panel = 48

  /// Space for weights, to be filled by ``pack(_:row:transposed:pool:)``.
  public init(_ element: IntegerElement, outputs: Int, inputs: Int, segments: Int = 1) {
    self.element = element
    self.outputs = outputs
    self.inputs = inputs
    self.segments = segments
    storage = FloatBuffer(
      count: sgk_integer_weight_bytes(element.rawValue, outputs, inputs, segments) / 4)
  }

  /// Quantises weights [outputs, segments * inputs], or [segments * inputs, outputs] when
  /// `transposed`, whose rows are `row` floats apart.
  public func pack(
    _ weights: UnsafePointer<Float>, row: Int, transposed: Bool, pool: ThreadPool? = nil
  ) {
    nonisolated(unsafe) let weights = weights
    let block = 4 * Self.panel
    let body = { @Sendable (task: Int) in
      let first = task * block
      sgk_integer_pack(
        self.element.rawValue, weights, row, transposed ? 1 : 0, first,
        min(block, self.outputs - first), self.inputs, self.segments, self.storage.base)
    }
    let tasks = (outputs + block - 1) / block
    if let pool {
      pool.run(tasks, body)
    } else {
      for task in 0..<tasks { body(task) }
    }
  }

  /// What becomes of a product y.
  public enum Result: Sendable {
    /// c = y
    case set
    /// c += y
    case add
    /// c += gate * y, with a number for each output.
    case gated(FloatBuffer)
  }

  /// y = x W^T + bias over the pool, for `count` rows of `rows` from `first` on.
  ///
  /// - Parameters:
  ///   - step: rows between the segments, the dilation of a convolution.
  ///   - bias: `outputs` floats.
  ///   - c: [count, outputs], rows of `stride`.
  public func multiply(
    _ rows: IntegerRows, from first: Int = 0, count: Int, step: Int = 1,
    bias: UnsafePointer<Float>? = nil, result: Result = .set, into c: UnsafeMutablePointer<Float>,
    stride: Int, pool: ThreadPool
  ) {
    // Some tasks for each thread, whole panels each; rows are cut when there are few outputs.
    let panels = (outputs + Self.panel - 1) / Self.panel
    let wanted = pool.threads == 1 ? 1 : 6 * pool.threads
    let across = min(panels, wanted)
    let columns = (panels + across - 1) / across * Self.panel
    let tasksAcross = (outputs + columns - 1) / columns
    let down = max(1, min((wanted + tasksAcross - 1) / tasksAcross, count / 64))
    let height = max(8, (count + down - 1) / down + 7) / 8 * 8
    nonisolated(unsafe) let c = c
    nonisolated(unsafe) let bias = bias
    pool.run(tasksAcross * ((count + height - 1) / height)) { task in
      let (y, x) = task.quotientAndRemainder(dividingBy: tasksAcross)
      let (row, column) = (y * height, x * columns)
      self.multiply(
        rows, from: first + row, count: min(height, count - row), step: step,
        outputs: column..<min(column + columns, self.outputs), bias: bias, result: result,
        into: c + row * stride, stride: stride)
    }
  }

  /// As above for all outputs, on the calling thread.
  public func multiply(
    _ rows: IntegerRows, from first: Int, count: Int, step: Int = 1,
    bias: UnsafePointer<Float>? = nil, result: Result = .set, into c: UnsafeMutablePointer<Float>,
    stride: Int
  ) {
    multiply(
      rows, from: first, count: count, step: step, outputs: 0..<outputs, bias: bias,
      result: result, into: c, stride: stride)
  }

  private func multiply(
    _ rows: IntegerRows, from first: Int, count: Int, step: Int, outputs range: Range<Int>,
    bias: UnsafePointer<Float>?, result: Result, into c: UnsafeMutablePointer<Float>, stride: Int
  ) {
    precondition(
      rows.width == inputs && rows.element == element
        && first + count + (segments - 1) * step <= rows.rows, "rows that do not fit the weights")
    guard count > 0 else { return }
    var operand = rows.operand(from: first, segments: segments, step: step)
    var gate: UnsafePointer<Float>?
    var isAdded = false
    switch result {
    case .set: break
    case .add: isAdded = true
    case .gated(let factors): gate = UnsafePointer(factors.base + range.lowerBound)
    }
    var target = sgk_integer_result(
      c: c + range.lowerBound, stride: stride, bias: bias.map { $0 + range.lowerBound },
      gate: gate, accumulate: isAdded ? 1 : 0)
    withExtendedLifetime((result, rows)) {
      sgk_integer_gemm(
        element.rawValue, &operand,
        UnsafeRawPointer(storage.base)
          + sgk_integer_weight_offset(element.rawValue, range.lowerBound, inputs, segments),
        count, range.count, &target)
    }
  }
}
