/// Finds where a song repeats itself.
///
/// The levels of 24 bands every 50 ms, less the mean of the moment and of the band, so that neither
/// loudness nor colour count, are compared with those a lag earlier, for every lag from one second on (the time-lag form of Foote's self-similarity matrix,
/// 1999). The cosine of both, averaged over two seconds, is 0.9 or more where the later stretch is a
/// copy of the earlier one. Silence, and moments like the mean, are copies of nothing.
public struct LoopFinder: Sendable {
  /// A stretch of sound that comes again.
  public struct Repetition: Sendable, Hashable {
    /// Where the copy begins, in seconds.
    public let start: Double
    /// How much earlier the original lies.
    public let lag: Double
    /// How long the copy is.
    public let seconds: Double
  }

  /// The longest copy.
  public let longest: Repetition?
  /// The share of the audible song that is a copy of what came before.
  public let share: Double

  static let threshold: Float = 0.9
  /// Seconds over which the likeness is averaged, and the shortest copy.
  static let span = 2.0
  /// Most frames that are compared; those of a longer song are averaged.
  static let mostFrames = 12_000

  /// - Parameters:
  ///   - levels: [frames, bands], dB.
  ///   - period: Seconds from one frame to the next.
  /// - Complexity: O(frames² · bands).
  public init(levels: [Float], bands: Int, period: Double) {
    let frames = Self.prepared(levels, bands: max(1, bands))
    let period = period * Double(frames.stride)
    let span = max(1, Int((Self.span / period).rounded()))
    let first = max(1, Int((1 / period).rounded()))
    var isCopy = [Bool](repeating: false, count: frames.count)
    var best: (end: Int, lag: Int, length: Int)?
    if frames.count > first + span {
      var likeness = [Float](repeating: 0, count: frames.count)
      for lag in first..<(frames.count - span) {
        frames.compare(lag: lag, into: &likeness)
        var sum: Float = 0
        var run = 0
        for index in lag..<frames.count {
          sum += likeness[index]
          if index - lag >= span { sum -= likeness[index - span] }
          guard index - lag >= span - 1 else { continue }
          guard sum >= Self.threshold * Float(span) else {
            run = 0
            continue
          }
          run = run == 0 ? span : run + 1
          if run == span {
            for place in index - span + 1...index { isCopy[place] = true }
          } else {
            isCopy[index] = true
          }
          if run > best?.length ?? 0 { best = (index + 1, lag, run) }
        }
      }
    }
    longest = best.map {
      Repetition(
        start: Double($0.end - $0.length) * period, lag: Double($0.lag) * period,
        seconds: Double($0.length) * period)
    }
    let audible = frames.isAudible.count { $0 }
    let copied = zip(isCopy, frames.isAudible).count { $0 && $1 }
    share = audible > 0 ? Double(copied) / Double(audible) : 0
  }

  /// Frames of length 1, without the song's mean.
  private struct Frames {
    var values: [Float] = []
    var isAudible: [Bool] = []
    let bands: Int
    /// How many frames became one.
    let stride: Int

    var count: Int { isAudible.count }

    /// The cosine of each frame and the one `lag` before.
    func compare(lag: Int, into result: inout [Float]) {
      values.withUnsafeBufferPointer { values in
        for index in lag..<count {
          let (here, there) = (index * bands, (index - lag) * bands)
          var sum: Float = 0
          for band in 0..<bands { sum += values[here + band] * values[there + band] }
          result[index] = sum
        }
      }
    }
  }

  private static func prepared(_ levels: [Float], bands: Int) -> Frames {
    let given = levels.count / bands
    let stride = max(1, (given + mostFrames - 1) / mostFrames)
    var frames = Frames(bands: bands, stride: stride)
    let count = given / stride
    var means = [Float](repeating: 0, count: bands)
    for frame in 0..<count {
      var values = [Float](repeating: 0, count: bands)
      for part in 0..<stride {
        for band in 0..<bands { values[band] += levels[(frame * stride + part) * bands + band] }
      }
      for band in 0..<bands { values[band] /= Float(stride) }
      let isAudible = (values.max() ?? -200) > -60
      frames.isAudible.append(isAudible)
      let level = values.reduce(0, +) / Float(bands)
      for band in 0..<bands { values[band] -= level }
      frames.values += values
      if isAudible { for band in 0..<bands { means[band] += values[band] } }
    }
    let audible = Float(max(1, frames.isAudible.count { $0 }))
    for frame in 0..<count {
      var square: Float = 0
      for band in 0..<bands {
        frames.values[frame * bands + band] -= means[band] / audible
        square += frames.values[frame * bands + band] * frames.values[frame * bands + band]
      }
      // Two dB a band off the mean are too little to tell one moment from another.
      let isPlain = square < 4 * Float(bands) || !frames.isAudible[frame]
      let scale = isPlain ? 0 : 1 / square.squareRoot()
      for band in 0..<bands { frames.values[frame * bands + band] *= scale }
    }
    return frames
  }
}
