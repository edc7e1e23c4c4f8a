import Glibc

/// A block of f32 numbers, aligned to 64 bytes.
///
/// Memory comes zeroed from the system and is backed by pages only once touched, so a buffer for
/// the longest song costs what the song at hand needs. Who shares a buffer between threads sees to
/// it that they write to different elements.
public final class FloatBuffer: @unchecked Sendable {
  /// The number of elements.
  public let count: Int
  /// The first element.
  public let base: UnsafeMutablePointer<Float>
  private let mappedBytes: Int

  /// A buffer of `count` zeros. Stops the program when the system has no memory left.
  public init(count: Int) {
    self.count = count
    let bytes = Swift.max(count, 1) * MemoryLayout<Float>.stride
    if bytes >= 1 << 20 {
      let memory = mmap(
        nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
      guard let memory, memory != MAP_FAILED else {
        fatalError("out of memory: \(bytes) bytes wanted")
      }
      if bytes >= 8 << 20 { madvise(memory, bytes, MADV_HUGEPAGE) }
      base = memory.assumingMemoryBound(to: Float.self)
      mappedBytes = bytes
    } else {
      let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
      base = memory.assumingMemoryBound(to: Float.self)
      mappedBytes = 0
    }
  }

  /// A buffer with the elements of `values`.
  public convenience init(_ values: some Collection<Float>) {
    self.init(count: values.count)
    _ = elements.initialize(fromContentsOf: values)
  }

  deinit {
    if mappedBytes > 0 {
      munmap(base, mappedBytes)
    } else {
      UnsafeMutableRawPointer(base).deallocate()
    }
  }

  /// All elements.
  public var elements: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: base, count: count)
  }

  /// The element at `index`, which must be in `0..<count`.
  public subscript(index: Int) -> Float {
    get { elements[index] }
    set { elements[index] = newValue }
  }

  /// Sets every element to zero.
  public func clear() {
    base.update(repeating: 0, count: count)
  }
}
