/// A place for each index of a loop that several threads share out.
final class SharedValues<Value>: @unchecked Sendable {
  private let values: UnsafeMutableBufferPointer<Value>

  init(_ initial: [Value]) {
    values = .allocate(capacity: initial.count)
    _ = values.initialize(fromContentsOf: initial)
  }

  deinit {
    values.deinitialize()
    values.deallocate()
  }

  /// Each index must be touched by one thread at a time.
  subscript(index: Int) -> Value {
    get { values[index] }
    set { values[index] = newValue }
  }

  /// All, in order.
  var all: [Value] { Array(values) }
}
