extension TensorType {
  /// The number of the type in GGUF files, where they have it.
  package var gguf: UInt32? {
    switch self {
    case .f32: 0
    case .f16: 1
    case .q4_0: 2
    case .q4_1: 3
    case .q5_0: 6
    case .q5_1: 7
    case .q8_0: 8
    case .q4_K: 12
    case .q5_K: 13
    case .q6_K: 14
    case .i8: 24
    case .i16: 25
    case .i32: 26
    case .i64: 27
    case .f64: 28
    case .bf16: 30
    case .u64, .u32, .u16, .u8, .bool: nil
    }
  }

  /// The type with a number of a GGUF file.
  package init?(gguf: UInt32) {
    guard let type = Self.allCases.first(where: { $0.gguf == gguf }) else { return nil }
    self = type
  }
}
