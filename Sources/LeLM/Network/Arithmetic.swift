/// How numbers are computed with, apart from how weights are stored.
public struct Arithmetic: Sendable, Hashable {
  /// Activations stay f32 on their way to packed weights; otherwise int8 in groups of 32.
  public var exactProducts: Bool
  /// Keys and values stay f32; otherwise int8 with a scale for each head and position.
  public var exactCache: Bool

  public init(exactProducts: Bool, exactCache: Bool) {
    self.exactProducts = exactProducts
    self.exactCache = exactCache
  }

  /// f32 throughout.
  public static let exact = Arithmetic(exactProducts: true, exactCache: true)
  /// int8 wherever packed weights are met, and in the cache.
  public static let fast = Arithmetic(exactProducts: false, exactCache: false)
}
