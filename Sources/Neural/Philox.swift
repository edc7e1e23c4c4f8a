/// Random numbers by counter: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as
/// 1, 2, 3", SC11).
///
/// Element `i` of stream `s` under seed `k` is a pure function of the three, so draws can be made in
/// any order and on any thread and are the same on every machine.
public struct Philox: Sendable {
  private let key: (UInt32, UInt32)
  private let stream: UInt64

  /// The numbers of `stream` under `seed`.
  public init(seed: UInt64, stream: UInt64) {
    key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    self.stream = stream
  }

  /// Four random words for one counter.
  public func words(at counter: UInt64) -> (UInt32, UInt32, UInt32, UInt32) {
    var x = (
      UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32),
      UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32)
    )
    var k = key
    for _ in 0..<10 {
      let first = UInt64(x.0) * 0xD251_1F53
      let second = UInt64(x.2) * 0xCD9E_8D57
      x = (
        UInt32(truncatingIfNeeded: second >> 32) ^ x.1 ^ k.0, UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ x.3 ^ k.1, UInt32(truncatingIfNeeded: first)
      )
      k.0 &+= 0x9E37_79B9
      k.1 &+= 0xBB67_AE85
    }
    return x
  }

  /// A number in [0, 1) with 53 random bits, one for each counter.
  public func uniform(at counter: UInt64) -> Double {
    let w = words(at: counter)
    return Double((UInt64(w.0) << 32 | UInt64(w.1)) >> 11) * 0x1p-53
  }
}
