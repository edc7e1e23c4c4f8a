import CKernels
public import Neural

/// The gradients of one share of a batch, summed over its sequences.
///
/// A batch is cut into a fixed number of shares, whatever the number of threads, and the shares are added
/// up in order: so the sum has the same bits on any machine.
public final class GradientSum: @unchecked Sendable {
  private let store: ParameterStore
  private let trained: [Bool]
  private var buffers: [FloatBuffer?]

  /// Sums for those parameters of `store` that `trains` picks; the others are frozen and get none.
  public init(_ store: ParameterStore, trains: (Parameter) -> Bool = { _ in true }) {
    self.store = store
    trained = store.parameters.map(trains)
    buffers = Array(repeating: nil, count: trained.count)
  }

  /// The gradient of `parameter`, of the parameter's size; nil if it is frozen.
  public func gradient(of parameter: Parameter) -> FloatBuffer? {
    let slot = parameter.slot
    guard slot < trained.count, trained[slot] else { return nil }
    if let buffer = buffers[slot] { return buffer }
    let buffer = FloatBuffer(count: parameter.value.count)
    buffers[slot] = buffer
    return buffer
  }

  /// Whether `parameter` is trained at all.
  public func trains(_ parameter: Parameter) -> Bool {
    parameter.slot < trained.count && trained[parameter.slot]
  }

  /// The parameters that are trained.
  public var parameters: [Parameter] { store.parameters.filter(trains) }

  /// Sets all to zero.
  public func clear() {
    for buffer in buffers { buffer?.clear() }
  }

  /// Adds the sums of other shares, in their order.
  public func add(_ others: [GradientSum], pool: ThreadPool) {
    for parameter in parameters {
      guard let target = gradient(of: parameter) else { continue }
      let sources = others.compactMap { $0.buffers[parameter.slot] }
      let chunk = 1 << 16
      pool.run((target.count + chunk - 1) / chunk) { index in
        let start = index * chunk
        let count = min(chunk, target.count - start)
        for source in sources { sgk_accumulate(target.base + start, source.base + start, 1, count) }
      }
    }
  }

  /// The Euclidean norm of all gradients together.
  public func norm() -> Double {
    var total = 0.0
    let zeros = FloatBuffer(count: 4096)
    for buffer in buffers {
      guard let buffer else { continue }
      var (sum, squares) = (0.0, 0.0)
      sgk_moments(buffer.base, buffer.count, zeros.base, zeros.count, &sum, &squares)
      total += squares
    }
    return total.squareRoot()
  }
}
