import Glibc
import Pictures
import Testing

@Suite struct SoundPictureTests {
  private func sketch(_ amplitude: Float, frames: Int = 24_000) throws -> SoundSketch {
    var sketch = try SoundSketch(rate: 48_000, channels: 1)
    let samples = (0..<frames).map { amplitude * sinf(Float($0) * 2 * .pi * 1000 / 48_000) }
    samples.withUnsafeBufferPointer { sketch.add($0) }
    sketch.finish()
    return sketch
  }

  /// Where the left edge of the plots is, and a column well inside.
  private static let column = 96 + 620

  /// The colours down the middle of a picture of one panel.
  private func middle(_ amplitude: Float) throws -> [Colour] {
    let canvas = try SoundPicture(
      title: "t", caption: "", panels: [("vocal", try sketch(amplitude))]
    ).draw()
    return (0..<canvas.height).compactMap { canvas[Self.column, $0] }
  }

  @Test func aToneIsALineInTheSpectrogram() throws {
    let colours = try middle(0.1)
    // -20 dB on a scale from -100 to -10.
    let line = ColourMap.power[80.0 / 90]
    let found = colours.indices.filter { index in
      let colour = colours[index]
      return abs(Int(colour.red) - Int(line.red)) < 12
        && abs(Int(colour.green) - Int(line.green)) < 12
        && abs(Int(colour.blue) - Int(line.blue)) < 12
    }
    let background = colours.filter { $0 == ColourMap.power[0] }.count
    #expect((1...12).contains(found.count))
    #expect(background > 100)
  }

  @Test func moreIsHigher() throws {
    // Rows that are neither paper nor spectrogram: the level's bar grows with the amplitude.
    func bar(_ amplitude: Float) throws -> Int {
      let colours = try middle(amplitude)
      let bottom = colours.lastIndex { $0 == ColourMap.power[0] } ?? 0
      let level = colours.prefix(bottom - 321)
      return level.filter { $0.blue > 150 && $0.red < 120 }.count
    }
    let (soft, loud) = (try bar(0.01), try bar(0.5))
    #expect(soft > 10)
    #expect(loud > soft + 30)
  }

  @Test func silenceIsDrawnAndNothingIsNot() throws {
    #expect(throws: Never.self) { try middle(0) }
    let none = try SoundSketch(rate: 48_000, channels: 1)
    #expect(throws: PictureFailure.empty) {
      try SoundPicture(title: "t", caption: "", panels: [("vocal", none)]).draw()
    }
    #expect(throws: PictureFailure.empty) {
      try SoundPicture(title: "t", caption: "", panels: []).draw()
    }
    #expect(throws: PictureFailure.tooMany(rows: 9, limit: 8)) {
      let some = try sketch(0.1)
      return try SoundPicture(
        title: "t", caption: "", panels: Array(repeating: ("x", some), count: 9)
      ).draw()
    }
  }

  @Test func panelsStandBelowEachOther() throws {
    let some = try sketch(0.1)
    let heights = try (1...3).map { count in
      try SoundPicture(
        title: "t", caption: "", panels: Array(repeating: ("x", some), count: count)
      ).draw().height
    }
    #expect(heights[2] - heights[1] == heights[1] - heights[0])
    #expect(heights[1] - heights[0] > 400)
  }

  @Test func oneSampleIsEnough() throws {
    let canvas = try SoundPicture(
      title: "t", caption: "", panels: [("x", try sketch(0.5, frames: 2))]
    ).draw()
    #expect(try decode(canvas.png()).height == canvas.height)
  }
}
