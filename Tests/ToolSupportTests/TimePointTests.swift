import SongStream
import Testing
import ToolSupport

struct TimePointTests {
  @Test(arguments: [
    ("0", 0.0), ("83", 83), ("83.5", 83.5), ("1:23.5", 83.5), ("01:02:03", 3723), ("0:05", 5),
    ("864000", 864_000),
  ])
  func times(_ text: String, _ seconds: Double) {
    #expect(TimePoint(argument: text) == .seconds(seconds))
  }

  @Test(arguments: [
    "", ":", "1:", ":1", "1:60", "1:2:3:4", "-1", "+1", "1.5:10", "1.", ".5", "1e3", "nan", "inf",
    "f", "-3f", "1.5f", "99999999999f", "864001", "１", "0x10", "1:23 ",
  ])
  func noTimes(_ text: String) {
    #expect(TimePoint(argument: text) == nil)
  }

  @Test func framesAreCountedAtTheRate() {
    #expect(TimePoint(argument: "2088f")?.frame(at: FrameRate(25)) == 2088)
    #expect(TimePoint(argument: "1:23.5")?.frame(at: FrameRate(25)) == 2088)
    #expect(TimePoint.seconds(864_000).frame(at: FrameRate(1_000_000)) == Int(Int32.max))
    #expect(TimePoint.frames(50).seconds(framesPerSecond: 25) == 2)
  }
}
