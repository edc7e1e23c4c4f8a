import Pictures
import Testing

@Suite struct RunningColumnsTests {
  @Test func fewMomentsStayAsTheyAre() {
    var columns = RunningColumns(rows: 2, capacity: 8, .mean)
    for moment in 0..<4 { columns.add([Float(moment), 10]) }
    #expect(columns.spread(over: 4) == [0, 10, 1, 10, 2, 10, 3, 10])
    #expect(columns.spread(over: 2) == [0.5, 10, 2.5, 10])
    #expect(columns.spread(over: 8) == [0, 10, 0, 10, 1, 10, 1, 10, 2, 10, 2, 10, 3, 10, 3, 10])
  }

  @Test(arguments: [1, 2, 7, 8, 9, 16, 17, 100, 1000, 1023])
  func meanAndLargestSurviveAnyLength(count: Int) {
    var mean = RunningColumns(rows: 1, capacity: 8, .mean)
    var largest = RunningColumns(rows: 1, capacity: 8, .largest)
    for moment in 0..<count {
      mean.add([3])
      largest.add([Float(moment)])
    }
    #expect(mean.count == count)
    for width in [1, 3, 8, 50] {
      let means = mean.spread(over: width)
      #expect(means.count == width)
      #expect(means.allSatisfy { abs($0 - 3) < 1e-4 })
      #expect(largest.spread(over: width).max() == Float(count - 1))
    }
  }

  @Test func timesStayInPlace() {
    var columns = RunningColumns(rows: 1, capacity: 64, .largest)
    for moment in 0..<10_000 { columns.add([moment == 7700 ? 1 : 0]) }
    let spread = columns.spread(over: 20)
    #expect(spread.firstIndex(of: 1) == 15)
  }

  @Test func nothingSpreadsToNothing() {
    #expect(RunningColumns(rows: 3, capacity: 8, .mean).spread(over: 10).isEmpty)
  }
}
