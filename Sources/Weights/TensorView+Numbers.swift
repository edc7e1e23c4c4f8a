import CKernels

extension TensorView {
  /// Writes the elements as f32; `false` when they are no floating-point numbers or `target` has
  /// another size.
  public func copyFloats(to target: UnsafeMutableBufferPointer<Float>) -> Bool {
    guard target.count == count else { return false }
    guard let source = bytes.baseAddress, let out = target.baseAddress else { return count == 0 }
    switch type {
    case .f32: UnsafeMutableRawBufferPointer(target).copyMemory(from: bytes)
    case .f16: sgk_widen(source, 1, out, count)
    case .bf16: sgk_widen(source, 2, out, count)
    case .f64:
      for index in 0..<count {
        out[index] = Float(bytes.loadUnaligned(fromByteOffset: index * 8, as: Double.self))
      }
    case _ where type.isBlocked:
      guard let number = type.gguf else { return false }
      return sgk_blocks_widen(source, Int32(number), out, count / type.block) != 0
    default: return false
    }
    return true
  }

  /// The elements of an integer tensor, or `nil` for another type or a U64 beyond `Int`.
  public func integers() -> [Int]? {
    func load<T: FixedWidthInteger & BitwiseCopyable>(_: T.Type) -> [Int]? {
      var result: [Int] = []
      result.reserveCapacity(count)
      for index in 0..<count {
        let offset = index * MemoryLayout<T>.size
        guard let value = Int(exactly: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
        else { return nil }
        result.append(value)
      }
      return result
    }
    switch type {
    case .i64: return load(Int64.self)
    case .i32: return load(Int32.self)
    case .i16: return load(Int16.self)
    case .i8: return load(Int8.self)
    case .u64: return load(UInt64.self)
    case .u32: return load(UInt32.self)
    case .u16: return load(UInt16.self)
    case .u8, .bool: return load(UInt8.self)
    default: return nil
    }
  }
}
