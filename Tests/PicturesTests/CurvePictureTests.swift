import Foundation
import Pictures
import Testing

@Suite struct NumberAxisTests {
  @Test(
    arguments: [0...1, 0.3...7.2, -5...5, 0...30_000, 2...2, 1e-4...3e-4, -1e30...1e30]
      as [ClosedRange<Double>])
  func marksAreRoundAndCoverTheRange(_ range: ClosedRange<Double>) {
    let axis = NumberAxis(covering: range, marks: 9)
    #expect((2...11).contains(axis.marks.count))
    #expect(axis.from <= max(range.lowerBound, -1e15) + axis.step * 1e-6)
    #expect(axis.to >= min(range.upperBound, 1e15) - axis.step * 1e-6)
    #expect(Set(axis.marks.map(axis.label)).count == axis.marks.count, "labels differ")
  }

  @Test func labelsHaveThePlacesTheyNeed() {
    #expect(
      NumberAxis(covering: 0...2, marks: 9).marks.map(NumberAxis(covering: 0...2, marks: 9).label)
        == ["0.0", "0.5", "1.0", "1.5", "2.0"])
    let axis = NumberAxis(covering: -20_000...20_000, marks: 5)
    #expect(axis.marks.map(axis.label) == ["-20000", "-10000", "0", "10000", "20000"])
  }
}

@Suite struct CurvePictureTests {
  private func picture(_ curves: [[(Double, Double)]], names: [String]? = nil) -> CurvePicture {
    CurvePicture(
      title: "losses", across: "steps", upwards: "nats",
      curves: curves.enumerated().map { index, points in
        Curve(name: names?[index] ?? "run \(index)", points: points.map { (x: $0.0, y: $0.1) })
      })
  }

  /// The pixels that are neither grey nor paper.
  private func coloured(_ canvas: Canvas, x: Int) -> [Int] {
    (0..<canvas.height).filter { y in
      guard let pixel = canvas[x, y] else { return false }
      let channels = [pixel.red, pixel.green, pixel.blue].map { Int($0) }
      return (channels.max() ?? 0) - (channels.min() ?? 0) > 60
    }
  }

  @Test func aLineRunsThroughItsPoints() throws {
    // From the bottom left of the plot to its top right: 0...10 and 0...10.
    let canvas = try picture([[(0, 0), (10, 10)]]).draw()
    let rows = [104 + 270, 104 + 540, 104 + 810].compactMap { x -> Double? in
      let rows = coloured(canvas, x: x).filter { $0 < canvas.height - 80 }
      return rows.isEmpty ? nil : Double(rows.reduce(0, +)) / Double(rows.count)
    }
    try #require(rows.count == 3)
    #expect(abs(rows[0] - rows[1] - 140) < 1.5 && abs(rows[1] - rows[2] - 140) < 1.5)
  }

  @Test func whatIsNotFiniteBreaksTheLine() throws {
    let canvas = try picture([[(0, 1), (4, 1), (5, .nan), (6, 1), (10, 1), (10, 0)]]).draw()
    let inside = { (x: Int) in !coloured(canvas, x: x).filter { $0 < canvas.height - 80 }.isEmpty }
    #expect(inside(104 + 216) && !inside(104 + 540) && inside(104 + 864))
  }

  @Test func longCurvesAreDrawnWithTheirMean() throws {
    let noisy = (0..<20_000).map { (Double($0), 4 + sin(Double($0) * 1.7)) }
    let svg = try picture([noisy]).svg()
    #expect(svg.components(separatedBy: "<polyline").count == 4, "pale, strong, legend")
    #expect(svg.utf8.count < 100_000)
    #expect(
      try picture([Array(noisy.prefix(20))]).svg().components(separatedBy: "<polyline").count == 3)
  }

  @Test func svgIsXMLWhateverTheNames() throws {
    let svg = try picture([[(0, 1), (1, 2)]], names: ["<b>&\"\u{1}'"]).svg()
    #expect(svg.contains("&lt;b&gt;&amp;&quot;'"))
    #expect(svg.hasPrefix("<?xml") && svg.hasSuffix("</svg>\n"))
  }

  @Test func nothingAndTooMuchAreRefused() {
    #expect(throws: PictureFailure.noCurve) { try picture([]).draw() }
    #expect(throws: PictureFailure.noCurve) { try picture([[(.nan, 1), (1, .infinity)]]).svg() }
    #expect(throws: PictureFailure.tooManyCurves(25, limit: 24)) {
      try picture(Array(repeating: [(0, 0)], count: 25)).draw()
    }
  }

  @Test(
    arguments: [[(0, 0)], [(1e300, -1e300), (-1e300, 1e300)], [(5, 5), (5, 5)]]
      as [[(Double, Double)]])
  func oddNumbersAreDrawn(_ points: [(Double, Double)]) throws {
    let canvas = try picture([points]).draw()
    #expect(canvas.width > 1000 && canvas.height > 500)
    #expect(try picture([points]).svg().count > 100)
  }
}
