import Neural

/// A choice by seed.
enum SeededChoice {
  /// A stream of random numbers of its own.
  private static let stream: UInt64 = 0x5052_4F4D_5054

  /// One of `count`, which is at least 1, each as likely as the others.
  static func index(of count: Int, seed: UInt64) -> Int {
    min(count - 1, Int(Philox(seed: seed, stream: stream).uniform(at: 0) * Double(count)))
  }
}
