import Glibc
import Pictures
import Testing

@Suite struct SoundSketchTests {
  /// A sketch of `seconds` of stereo sound at 48 kHz, given in pieces of `piece` frames.
  private func sketch(
    _ seconds: Double, piece: Int = 4800, _ left: @escaping (Double) -> Double,
    _ right: ((Double) -> Double)? = nil
  ) throws -> SoundSketch {
    var sketch = try SoundSketch(rate: 48_000, channels: 2)
    let samples = (0..<Int(seconds * 48_000)).flatMap { frame in
      let time = Double(frame) / 48_000
      return [Float(left(time)), Float((right ?? left)(time))]
    }
    for start in stride(from: 0, to: samples.count, by: 2 * piece) {
      let end = min(samples.count, start + 2 * piece)
      samples.withUnsafeBufferPointer {
        sketch.add(UnsafeBufferPointer(rebasing: $0[start..<end]))
      }
    }
    sketch.finish()
    return sketch
  }

  /// The frequency of a band's middle, in Hz.
  private func frequency(_ row: Int, _ sketch: SoundSketch) -> Double {
    let share = (Double(row) + 0.5) / Double(SoundSketch.rows)
    return SoundSketch.lowest * pow(sketch.highest / SoundSketch.lowest, share)
  }

  private func loudest(_ powers: ArraySlice<Float>) -> (row: Int, power: Float) {
    let largest = powers.max() ?? 0
    return ((powers.firstIndex(of: largest) ?? 0) - powers.startIndex, largest)
  }

  @Test(arguments: [100, 440, 1000, 5000, 15_000] as [Double])
  func aSineIsFoundWithItsLevel(hertz: Double) throws {
    let sketch = try sketch(1, { 0.5 * sin(2 * .pi * hertz * $0) })
    #expect(abs(sketch.peak - 0.5) < 1e-3)
    #expect(abs(sketch.rms - 0.5 / 2.0.squareRoot()) < 1e-3)
    #expect(sketch.seconds == 1)
    let found = loudest(sketch.powers.spread(over: 5)[(2 * 320)..<(3 * 320)])
    #expect(abs(frequency(found.row, sketch) / hertz - 1) < 0.06)
    let decibels = 10 * log10(Double(found.power))
    #expect(abs(decibels + 6) < 1.6)
  }

  @Test func channelsOfOppositeSignDoNotCancel() throws {
    let same = try sketch(0.5, { sin(2 * .pi * 1000 * $0) })
    let opposite = try sketch(0.5, { sin(2 * .pi * 1000 * $0) }, { -sin(2 * .pi * 1000 * $0) })
    #expect(same.powers.spread(over: 3) == opposite.powers.spread(over: 3))
  }

  @Test func piecesMakeNoDifference() throws {
    func sound(_ time: Double) -> Double { sin(2 * .pi * 300 * time * time) }
    let whole = try sketch(0.7, piece: 1 << 20, sound)
    for piece in [1, 7, 511, 512, 513] {
      let other = try sketch(0.7, piece: piece, sound)
      #expect(other.powers.spread(over: 64) == whole.powers.spread(over: 64))
      #expect(other.levels.spread(over: 64) == whole.levels.spread(over: 64))
      #expect(other.peak == whole.peak)
    }
  }

  @Test func aClickStandsAtItsTime() throws {
    let sketch = try sketch(2, { abs($0 - 1.5) < 0.0005 ? 1 : 0 })
    let width = 40
    let peaks = sketch.peaks.spread(over: width)
    #expect(peaks.firstIndex(of: 1) == 30 || peaks.firstIndex(of: 1) == 29)
    let powers = sketch.powers.spread(over: width)
    let columns = (0..<width).map { powers[($0 * 320)..<(($0 + 1) * 320)].reduce(0, +) }
    let loudest = columns.firstIndex(of: columns.max() ?? 0) ?? 0
    #expect((29...30).contains(loudest))
    #expect(columns[10] < 1e-9)
  }

  @Test func spectrumAndLevelAreEquallyLong() throws {
    for seconds in [0.001, 0.0107, 0.1, 0.33] {
      let sketch = try sketch(seconds, { _ in 0.1 })
      #expect(sketch.powers.count == sketch.peaks.count)
      #expect(sketch.levels.count == sketch.peaks.count)
      #expect(abs(sketch.rms - 0.1) < 1e-5)
    }
  }

  @Test func ratesThatAreNoAudioAreRefused() {
    for rate in [0, -1, 999, 1_000_001, .nan, .infinity] as [Double] {
      #expect(throws: PictureFailure.self) { try SoundSketch(rate: rate, channels: 1) }
    }
    #expect(throws: PictureFailure.self) { try SoundSketch(rate: 48_000, channels: 0) }
  }

  @Test(arguments: [1000, 8000, 44_100, 192_000, 1_000_000] as [Double])
  func anyRateOfAudioWorks(rate: Double) throws {
    var sketch = try SoundSketch(rate: rate, channels: 3)
    let samples = (0..<30_000).map { Float($0 % 100) / 100 }
    samples.withUnsafeBufferPointer { sketch.add($0) }
    sketch.finish()
    #expect(sketch.frames == 10_000)
    #expect(sketch.highest <= rate / 2)
    #expect(sketch.powers.spread(over: 10).allSatisfy { $0.isFinite })
  }

  @Test func samplesBeyondAllBoundsAreDrawn() throws {
    for pattern: [Float] in [[3e38], [3e38, -3e38], [3e38, 0, -1e30]] {
      var sketch = try SoundSketch(rate: 8000, channels: 1)
      let samples = (0..<16_000).map { pattern[$0 % pattern.count] }
      samples.withUnsafeBufferPointer { sketch.add($0) }
      sketch.finish()
      #expect(sketch.rms.isFinite && sketch.peak == 1e6)
      let picture = SoundPicture(title: "loud", caption: "", panels: [("", sketch)])
      #expect(try picture.draw().height > 100)
    }
  }
}
