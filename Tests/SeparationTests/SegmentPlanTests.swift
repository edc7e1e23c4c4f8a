import Separation
import Testing

/// Where segments lie.
struct SegmentPlanTests {
  @Test func officialNumbers() {
    let plan = SegmentPlan(size: 343_980, length: 1_000_000, shift: 50)
    #expect(plan.stride == 257_985)
    #expect(plan.segment(0).frames == -22000..<321_980 && plan.segment(0).window == -22000)
    #expect(plan.count == 4)
    // The last one lies in the middle of its window.
    let last = plan.segment(3)
    #expect(last.frames == 751_955..<1_000_000)
    #expect(last.window == 751_955 - (343_980 - 248_045) / 2)
  }

  /// Ten seconds need two segments, whatever the shift.
  @Test(arguments: [nil, 0, 1, 11025, 22050])
  func tenSeconds(shift: Int?) {
    let plan = SegmentPlan(size: 343_980, length: 44100 * 3600, shift: shift)
    #expect(plan.segments(touching: 0..<441_000) == 0..<2)
  }

  @Test(arguments: [(100, 1), (100, 74), (100, 75), (100, 76), (101, 1000), (103, 7777)])
  func everyFrameHasItsSegments(size: Int, length: Int) {
    for shift in [nil, 0, 3, SegmentPlan.longestShift] {
      let plan = SegmentPlan(size: size, length: length, shift: shift)
      var covered = [Int](repeating: 0, count: length)
      for index in 0..<plan.count {
        let segment = plan.segment(index)
        #expect(segment.window <= segment.frames.lowerBound)
        #expect(segment.window + size >= segment.frames.upperBound)
        for frame in segment.frames where frame >= 0 { covered[frame] += 1 }
      }
      #expect(covered.allSatisfy { $0 == 1 || $0 == 2 })
    }
  }

  @Test func segmentsThatTouch() {
    let plan = SegmentPlan(size: 100, length: 1000, shift: nil)
    #expect(plan.segments(touching: 0..<1000) == 0..<14)
    #expect(plan.segments(touching: 0..<1) == 0..<1)
    #expect(plan.segments(touching: 75..<76) == 0..<2)
    #expect(plan.segments(touching: 99..<151) == 0..<3)
    #expect(plan.segments(touching: 100..<101) == 1..<2)
    #expect(plan.segments(touching: 999..<1000) == 12..<14)
    #expect(plan.segments(touching: 5..<5).isEmpty)
  }
}
