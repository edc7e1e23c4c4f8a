import CKernels

/// f32 numbers to the bytes of another type.
public enum TensorEncoder {
  /// Types that ``encode(_:as:into:)`` knows.
  public static let types: Set<TensorType> = [.f64, .f32, .f16, .bf16, .i64, .q80]

  /// Rounds numbers to `type`: to nearest, ties to even; I64 takes whole numbers.
  ///
  /// - Parameter target: as many bytes as that many elements take; the count is of whole blocks.
  /// - Returns: `false` for a type that is not known or a wrong size.
  public static func encode(
    _ numbers: UnsafeBufferPointer<Float>, as type: TensorType,
    into target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    guard numbers.count.isMultiple(of: type.block),
      target.count == numbers.count / type.block * type.size
    else { return false }
    guard let source = numbers.baseAddress, let out = target.baseAddress else { return true }
    switch type {
    case .f32: target.copyMemory(from: UnsafeRawBufferPointer(numbers))
    case .f16: sgk_narrow(source, 1, out.assumingMemoryBound(to: UInt16.self), numbers.count)
    case .bf16: sgk_narrow(source, 2, out.assumingMemoryBound(to: UInt16.self), numbers.count)
    case .q80: sgk_blocks_quantise(source, out, numbers.count / type.block)
    case .f64:
      for (index, number) in numbers.enumerated() {
        target.storeBytes(of: Double(number), toByteOffset: index * 8, as: Double.self)
      }
    case .i64:
      for (index, number) in numbers.enumerated() {
        target.storeBytes(of: Int64(exactly: number) ?? 0, toByteOffset: index * 8, as: Int64.self)
      }
    default: return false
    }
    return true
  }
}
