/// A buffer as a collection keeps itself alive while it is walked; `elements` and `base` do not: they
/// are for code that holds the buffer in a variable.
extension FloatBuffer: RandomAccessCollection, MutableCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  public func withContiguousStorageIfAvailable<R>(
    _ body: (UnsafeBufferPointer<Float>) throws -> R
  ) rethrows -> R? {
    try withExtendedLifetime(self) { try body(UnsafeBufferPointer(elements)) }
  }
}
