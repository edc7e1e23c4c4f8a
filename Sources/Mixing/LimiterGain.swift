import Glibc

/// The gain of a look-ahead limiter from the factor that each sample needs.
///
/// Over a window of W samples: e is the least factor of the last W samples, which holds, and rises
/// again with a time constant of 100 ms; the gain is e smoothed by two box averages that together
/// span W samples. As e stays at or under r[n] for the W samples from n on, so does the gain W-1
/// samples after n, which is when sample n gets it.
struct LimiterGain {
  /// Samples by which the gain lags behind what needed it: W-1.
  let delay: Int

  private let release: Double
  private var minimum: SlidingMinimum
  private var first: MovingAverage
  private var second: MovingAverage
  private var held = 1.0

  /// A window of about 2 ms.
  init(sampleRate: Int) {
    let box = max(4, sampleRate / 1000)
    delay = 2 * box - 2
    release = 1 - exp(-1 / (0.1 * Double(max(1, sampleRate))))
    minimum = SlidingMinimum(window: 2 * box - 1)
    first = MovingAverage(length: box, value: 1)
    second = MovingAverage(length: box, value: 1)
  }

  /// Takes the factor that the next sample needs, at most 1, and returns the gain of the sample
  /// `delay` samples before it.
  mutating func push(_ needed: Double) -> Double {
    let least = minimum.push(needed)
    held = least < held ? least : held + (least - held) * release
    return second.push(first.push(held))
  }
}
