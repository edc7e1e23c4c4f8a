public import Weights

/// In what form the large tensors of a part are kept.
public enum StoredPrecision: String, Sendable, CaseIterable {
  case f32
  case f16
  case bf16
  /// 8-bit integers with a scale for every 32, packed.
  case q8
  /// 4-bit integers with a scale for every 32, packed; heads have 8 bits.
  case q4

  /// The forms that a part can have.
  public static func choices(_ role: ModelRole) -> [StoredPrecision] {
    switch role {
    case .lm: [.f32, .f16, .bf16, .q8, .q4]
    case .codec: [.f32, .f16, .bf16, .q8]
    case .vae: [.f32, .f16, .bf16]
    default: []
    }
  }

  var type: TensorType {
    switch self {
    case .f32: .f32
    case .f16: .f16
    case .bf16, .q8, .q4: .bf16
    }
  }
}
