/// The type of the elements of a track, little-endian on the wire.
public enum ElementType: String, Sendable, Hashable, CaseIterable {
  /// Unsigned 16-bit integers: tokens.
  case u16
  /// Unsigned 32-bit integers.
  case u32
  /// IEEE half precision.
  case f16
  /// IEEE single precision: samples, latents.
  case f32

  /// The size of one element in bytes.
  public var size: Int {
    switch self {
    case .u16, .f16: 2
    case .u32, .f32: 4
    }
  }

  /// Whether the elements are numbers with a fraction.
  public var isFloat: Bool { self == .f16 || self == .f32 }
}
