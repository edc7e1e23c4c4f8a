import Pictures
import Testing

@Suite struct TimeAxisTests {
  @Test(arguments: [0.3, 1, 7, 31, 150, 600, 3600, 86_400] as [Double])
  func labelsHaveRoom(seconds: Double) {
    let axis = TimeAxis(from: 0, to: seconds, width: 1250)
    let places = axis.marks.map(axis.place)
    #expect(places.first == 0)
    for (one, next) in zip(places, places.dropFirst()) { #expect(next - one >= 60) }
    #expect(places.allSatisfy { (0...1250).contains($0) })
  }

  @Test func usualLengthsHaveUsualMarks() {
    #expect(TimeAxis(from: 0, to: 31, width: 1250).marks.prefix(4) == [0, 5, 10, 15])
    #expect(TimeAxis(from: 25, to: 50, width: 1250).marks.first == 26)
    #expect(TimeAxis(from: 0, to: 600, width: 1250).step == 60)
  }

  @Test func labelsAreMinutesAndSeconds() {
    let axis = TimeAxis(from: 0, to: 31, width: 1250)
    #expect([0, 9, 60, 125].map(axis.label) == ["0:00", "0:09", "1:00", "2:05"])
    #expect(TimeAxis(from: 0, to: 1, width: 1250).label(0.3) == "0:00.3")
  }

  @Test func noTimeHasNoMarks() {
    #expect(TimeAxis(from: 0, to: 0, width: 1250).marks.isEmpty)
    #expect(TimeAxis(from: 0, to: 0, width: 0).place(0) == 0)
  }
}
