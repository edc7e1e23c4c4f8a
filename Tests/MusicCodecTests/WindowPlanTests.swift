import MusicCodec
import Testing

struct WindowPlanTests {
  @Test func theOfficialWindow() {
    let plan = WindowPlan(size: 1000)
    #expect(plan.hop == 750 && plan.overlap == 250)
    #expect([1, 1000, 1001, 1750, 1751, 3750, 6750].map(plan.windows) == [1, 1, 2, 2, 3, 5, 9])
  }

  /// Window, hop and overlap of the reference for whole seconds: hop is size // 4 * 3.
  @Test(arguments: [(25, 18), (50, 36), (100, 75), (20, 15), (4, 3)])
  func hopsAreThreeQuarters(size: Int, hop: Int) {
    #expect(WindowPlan(size: size).hop == hop)
  }

  /// Every window that may be decoded before the end is one of the plan, and not its last.
  @Test(arguments: [4, 25, 50])
  func aFollowedWindowIsNeverTheLast(size: Int) {
    let plan = WindowPlan(size: size)
    for codes in 1...5 * size {
      for window in 0...6 where plan.isFollowed(window, codes: codes) {
        for more in codes...codes + 2 * size { #expect(window + 1 < plan.windows(codes: more)) }
      }
    }
  }

  /// 1493 of the first 20000 lengths are one sample short: f64 truncation, as in the reference.
  @Test func lengthsAreTruncatedAsInTheReference() {
    let short = (1...20000).filter {
      WindowPlan.samples(codes: $0, sampleRate: 48000) != 1920 * $0
    }
    #expect(short.count == 1493)
    #expect(short.prefix(5) == [29, 57, 58, 113, 114])
    #expect(
      short.allSatisfy { WindowPlan.samples(codes: $0, sampleRate: 48000) == 1920 * $0 - 1 })
  }
}
