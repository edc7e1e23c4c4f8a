import Neural

/// The weighted mean of segments that overlap.
struct SegmentJoiner {
  /// Sums for each stem, interleaved stereo, and the sum of weights.
  private let sums: [FloatBuffer]
  private let total: FloatBuffer
  private let weights: [Float]
  /// The frame that the sums begin with.
  private var start: Int

  init(stems: Int, weights: [Float], start: Int) {
    sums = (0..<stems).map { _ in FloatBuffer(count: 2 * weights.count) }
    total = FloatBuffer(count: weights.count)
    self.weights = weights
    self.start = start
  }

  /// Adds a segment.
  ///
  /// - Parameter outputs: the network's for the whole window, one for each stem.
  func add(_ segment: SegmentPlan.Segment, _ outputs: [FloatBuffer]) {
    let place = segment.frames.lowerBound - start
    let trim = segment.frames.lowerBound - segment.window
    for frame in 0..<segment.frames.count {
      let weight = weights[frame]
      total[place + frame] += weight
      for (sum, output) in zip(sums, outputs) {
        sum[2 * (place + frame)] += weight * output[2 * (trim + frame)]
        sum[2 * (place + frame) + 1] += weight * output[2 * (trim + frame) + 1]
      }
    }
  }

  /// Takes away all frames before `end`, which no further segment adds to, and returns those in
  /// `wanted`: for each stem, interleaved stereo, times `gain` and plus `offset`.
  mutating func take(
    before end: Int, wanted: Range<Int>, gain: Float, offset: Float
  ) -> [[Float]] {
    let first = wanted.lowerBound - start
    let result = sums.map { sum in
      (2 * first..<2 * (first + wanted.count)).map { sum[$0] / total[$0 / 2] * gain + offset }
    }
    let (gone, kept) = (end - start, max(0, total.count - (end - start)))
    for sum in sums {
      sum.base.update(from: sum.base + 2 * gone, count: 2 * kept)
      (sum.base + 2 * kept).update(repeating: 0, count: sum.count - 2 * kept)
    }
    total.base.update(from: total.base + gone, count: kept)
    (total.base + kept).update(repeating: 0, count: total.count - kept)
    start = end
    return result
  }
}
