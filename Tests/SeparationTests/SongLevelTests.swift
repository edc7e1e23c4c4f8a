import Glibc
import Separation
import Testing

/// Level and level's use.
struct SongLevelTests {
  /// A small signal on a large constant, where sums of squares would lose it.
  @Test func levelOnAConstant() throws {
    let song = Small.song(40_000).map { $0 * 0.005 + 0.75 }
    let level = try SongLevel(SampleArray(song))
    let middle = (0..<40_000).map { (Double(song[2 * $0]) + Double(song[2 * $0 + 1])) / 2 }
    let mean = middle.reduce(0, +) / 40_000
    let spread = middle.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    #expect(level.frames == 40_000)
    #expect(abs(Double(level.mean) - mean) < 1e-7)
    #expect(abs(Double(level.deviation) / (spread / 39_999).squareRoot() - 1) < 1e-4)
  }

  @Test func clipRescale() {
    var quiet = ClipRescale()
    quiet.measure([0.5, -0.99])
    #expect(quiet.divisor == 1)
    #expect(quiet.apply([0.5, -0.25, 1 / 65536, 0.99999]) == [0.5, -0.25, 0, 32767 / 32768])
    var loud = ClipRescale()
    loud.measure([0.1])
    loud.measure([-2])
    #expect(loud.divisor == 1.01 * 2)
    #expect(abs(loud.apply([-2])[0] + 1 / 1.01) < 1 / 65536)
  }
}
