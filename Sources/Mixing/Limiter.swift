/// A look-ahead limiter for the true peak of stereo audio.
///
/// For each sample it finds the factor that brings the sample, and the signal between it and its
/// neighbours (``TruePeak``), under the ceiling; ``LimiterGain`` makes of these a gain that has come
/// down before the peak arrives, without a step. Both channels get the same gain.
public final class Limiter {
  private let ceiling: Float
  private let detector = TruePeak()
  private var gain: LimiterGain
  /// The highest value between the last two samples looked at.
  private var between: Float = 0
  /// Samples that detection or gain still need.
  private var left: [Float]
  private var right: [Float]
  /// How many frames at the front of `left` and `right` have been looked at already.
  private var looked: Int
  /// Frames from before the start that are still to be dropped from the output.
  private var early: Int

  /// The least gain applied so far, as a factor.
  public private(set) var leastGain = 1.0

  /// - Parameters:
  ///   - ceiling: The highest magnitude allowed, as a factor.
  ///   - sampleRate: Hz.
  public init(ceiling: Double, sampleRate: Int) {
    self.ceiling = Float(ceiling)
    gain = LimiterGain(sampleRate: sampleRate)
    // Silence before the start: 7 samples for the first detection, `delay` for the gain.
    looked = max(TruePeak.ahead - 1, gain.delay)
    early = gain.delay
    left = [Float](repeating: 0, count: looked)
    right = left
  }

  /// Takes interleaved stereo frames; what comes out lags behind by some milliseconds.
  ///
  /// - Returns: Interleaved stereo frames.
  public func process(_ samples: UnsafeBufferPointer<Float>) -> [Float] {
    for frame in 0..<samples.count / 2 {
      left.append(samples[frame * 2])
      right.append(samples[frame * 2 + 1])
    }
    return advance()
  }

  /// Ends the input.
  ///
  /// - Returns: The frames still held back, so that as many have come out as went in.
  public func finish() -> [Float] {
    let rest = [Float](repeating: 0, count: 2 * (gain.delay + TruePeak.ahead))
    return rest.withUnsafeBufferPointer { process($0) }
  }

  /// Looks at the frames that have enough others after them and scales those whose gain is known.
  private func advance() -> [Float] {
    let ready = left.count - TruePeak.ahead
    let count = ready - looked
    guard count > 0 else { return [] }
    var output = [Float](repeating: 0, count: count * 2)
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        output.withUnsafeMutableBufferPointer { output in
          if let left = left.baseAddress, let right = right.baseAddress {
            limit(left + looked, right + looked, count, &output)
          }
        }
      }
    }
    let keep = max(TruePeak.ahead - 1, gain.delay)
    left.removeFirst(ready - keep)
    right.removeFirst(ready - keep)
    looked = keep
    let drop = min(count, early)
    early -= drop
    return drop == 0 ? output : Array(output[(drop * 2)...])
  }

  /// Looks at `count` frames; there are enough before and after them.
  private func limit(
    _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, _ count: Int,
    _ output: inout UnsafeMutableBufferPointer<Float>
  ) {
    var (gain, between, leastGain) = (gain, between, leastGain)
    let (detector, ceiling, delay) = (detector, ceiling, gain.delay)
    for index in 0..<count {
      let start = index - (TruePeak.ahead - 1)
      let next = max(detector.between(left + start), detector.between(right + start))
      let peak = max(between, next, max(abs(left[index]), abs(right[index])))
      between = next
      let factor = gain.push(peak > ceiling ? Double(ceiling / peak) : 1)
      leastGain = min(leastGain, factor)
      output[index * 2] = left[index - delay] * Float(factor)
      output[index * 2 + 1] = right[index - delay] * Float(factor)
    }
    (self.gain, self.between, self.leastGain) = (gain, between, leastGain)
  }
}
