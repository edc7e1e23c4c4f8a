package import Neural

/// What the matrix products of a network are computed in. Everything between them is f32.
public enum Precision: String, Sendable, Hashable, CaseIterable {
  /// The reference's arithmetic.
  case f32
  /// 16-bit integers with a scale for each 256: closer to f32 than bf16 and the f16 that the reference
  /// runs its flow network in, and twice as fast as f32.
  case int16
  /// 8-bit integers with a scale for each 256.
  case int8

  /// How quantised operands are held; `nil` for f32.
  package var element: IntegerElement? {
    switch self {
    case .f32: nil
    case .int16: .int16
    case .int8: .int8
    }
  }
}
