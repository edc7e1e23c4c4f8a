import CodecFitting
import Foundation
import Neural
import Testing

struct PrincipalDirectionsTests {
  /// Three tones, of any phase, are six directions.
  @Test func tonesSpanTheirDirections() throws {
    var samples = [Float](repeating: 0, count: 60 * FrameGrid.hop)
    let draws = Philox(seed: 2, stream: 0)
    for frame in 0..<60 {
      for (index, unit) in [16, 40, 90].enumerated() {
        let level = Float(draws.uniform(at: UInt64(frame * 3 + index)))
        for sample in frame * FrameGrid.hop..<(frame + 1) * FrameGrid.hop {
          samples[sample] += level * sinf(2 * .pi * Float(unit * sample % 1920) / 1920 + level)
        }
      }
    }
    var few = PrincipalDirections(emphasis: 0.8, pool: ThreadPool(threads: 2))
    few.add([samples], step: 1)
    let found = try few.directions(24)
    #expect(found.share > 0.99)
    #expect(try few.directions(2).share < 0.9)
    // They are of length 1 and at right angles.
    let window = FrameGrid.window
    for (i, j) in [(0, 0), (0, 1), (3, 3), (2, 5)] {
      var sum = 0.0
      for index in 0..<window {
        sum += Double(found.rows[i * window + index]) * Double(found.rows[j * window + index])
      }
      #expect(abs(sum - (i == j ? 1 : 0)) < 1e-4)
    }
  }

  @Test func silenceHasNoDirections() {
    var none = PrincipalDirections(emphasis: 0.8, pool: ThreadPool(threads: 1))
    none.add([[Float](repeating: 0, count: 4 * FrameGrid.hop)], step: 1)
    #expect(throws: FittingFailure.self) { try none.directions(4) }
  }
}
