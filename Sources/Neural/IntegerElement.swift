import CKernels

/// How the elements of a quantised operand are held.
///
/// Both kinds cut an operand into groups of 256 along the sum and give each group a scale. Sums of a
/// group are exact, so every processor and any number of threads give the same bits.
public enum IntegerElement: Int32, Sendable, Hashable, CaseIterable {
  /// -2896 … 2896: a group's rounding error is at most 1 / 5792 of its largest element. That is closer
  /// than bf16, and twice as fast as f32 where the processor has 16-bit dot products.
  case int16 = 0
  /// -127 … 127: a group's rounding error is at most 1 / 254 of its largest element.
  case int8 = 1

  /// Bytes per element.
  public var size: Int { self == .int16 ? 2 : 1 }

  /// Elements that share a scale.
  public static let group = Int(SGK_INTEGER_GROUP)

  /// Scales of a row of `width` elements.
  public static func scales(width: Int) -> Int { (width + group - 1) / group }
}
