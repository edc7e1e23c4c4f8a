extension TensorType {
  /// The number of the type in GGUF files, where they have it.
  package var gguf: UInt32? {
    switch self {
    case .f32: 0
    case .f16: 1
    case .q40: 2
    case .q41: 3
    case .q50: 6
    case .q51: 7
    case .q80: 8
    case .q4K: 12
    case .q5K: 13
    case .q6K: 14
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
