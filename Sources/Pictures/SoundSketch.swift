import Fourier
import Glibc

/// The level and the spectrum of a sound over time, taken down while the samples come.
///
/// A moment is a hop of about 10 ms. Memory does not grow with the length: see ``RunningColumns``.
public struct SoundSketch {
  /// Samples per second.
  public let rate: Double
  public let channels: Int
  /// How many frames have been added.
  public private(set) var frames = 0
  /// The largest magnitude of a sample.
  public private(set) var peak: Float = 0
  private var squares = 0.0

  private let spectrum: Spectrum
  private let hop: Int
  private let bands: [Band]
  /// The last samples of each channel, as many as a transform takes.
  private var history: [[Float]]
  /// The samples of the hop that is not yet full, by channel.
  private var fresh: [[Float]]
  package private(set) var peaks = RunningColumns(rows: 1, capacity: Self.capacity, .largest)
  package private(set) var levels = RunningColumns(rows: 1, capacity: Self.capacity, .mean)
  package private(set) var powers = RunningColumns(rows: Self.rows, capacity: Self.capacity, .mean)
  /// Transforms still to drop, because their middle lies before the first sample.
  private var early: Int

  private static let capacity = 4096
  /// Bands of the spectrum, from low to high.
  package static let rows = 320
  package static let lowest = 40.0
  /// More channels than this are left out of the spectrum.
  private static let mostChannels = 2

  /// The highest frequency shown, in Hz.
  package var highest: Double { min(20_000, rate / 2) }

  public init(rate: Double, channels: Int) throws(PictureFailure) {
    guard (1000...1_000_000).contains(rate), (1...4096).contains(channels) else {
      throw .rate(rate)
    }
    // About 85 ms, 4096 samples at 48 kHz.
    var size = 64
    while Double(size) < rate * 0.065 { size *= 2 }
    guard let spectrum = Spectrum(size: size) else { throw .rate(rate) }
    self.rate = rate
    self.channels = channels
    self.spectrum = spectrum
    hop = size / 8
    early = 4
    let heard = min(channels, Self.mostChannels)
    history = Array(repeating: Array(repeating: 0, count: size), count: heard)
    fresh = Array(repeating: [], count: heard)
    bands = Band.bands(Self.rows, from: Self.lowest, to: min(20_000, rate / 2), rate, size)
  }

  /// How long the sound is, in seconds.
  public var seconds: Double { Double(frames) / rate }

  /// The root of the mean square of all samples.
  public var rms: Double { frames > 0 ? (squares / Double(frames * channels)).squareRoot() : 0 }

  private var hopPeak: Float = 0
  private var hopSquares: Float = 0

  /// Adds interleaved samples, whole frames of them.
  public mutating func add(_ samples: UnsafeBufferPointer<Float>) {
    for frame in 0..<samples.count / channels {
      for channel in 0..<channels {
        // Beyond 120 dB over full scale powers might become infinite.
        let sample = min(1e6, max(-1e6, samples[frame * channels + channel]))
        hopPeak = max(hopPeak, abs(sample))
        hopSquares += sample * sample
        if channel < fresh.count { fresh[channel].append(sample) }
      }
      frames += 1
      if fresh[0].count == hop { endHop(hop) }
    }
  }

  /// Takes down what is still on its way. Nothing may be added after this.
  public mutating func finish() {
    let rest = fresh[0].count
    if rest > 0 {
      for channel in fresh.indices { fresh[channel] += Array(repeating: 0, count: hop - rest) }
      endHop(rest)
    }
    while powers.count < peaks.count {
      for channel in fresh.indices { fresh[channel] = Array(repeating: 0, count: hop) }
      transform()
    }
  }

  private mutating func endHop(_ count: Int) {
    peak = max(peak, hopPeak)
    squares += Double(hopSquares)
    peaks.add([hopPeak])
    levels.add([hopSquares / Float(count * channels)])
    (hopPeak, hopSquares) = (0, 0)
    transform()
  }

  private mutating func transform() {
    var bins = [Float](repeating: 0, count: spectrum.size / 2 + 1)
    for channel in history.indices {
      history[channel].removeFirst(hop)
      history[channel] += fresh[channel]
      fresh[channel].removeAll(keepingCapacity: true)
      spectrum.add(history[channel], weight: 1 / Float(history.count), to: &bins)
    }
    guard early == 0 else {
      early -= 1
      return
    }
    powers.add(bands.map { $0.power(bins) })
  }
}

/// A stretch of frequencies, seen in the bins of a transform.
private struct Band {
  /// Where its middle lies, in bins.
  let centre: Float
  /// The bins that lie within; often none for low bands.
  let bins: Range<Int>

  func power(_ powers: [Float]) -> Float {
    let below = min(max(0, Int(centre)), powers.count - 2)
    let share = min(1, centre - Float(below))
    var power = powers[below] * (1 - share) + powers[below + 1] * share
    for bin in bins { power = max(power, powers[bin]) }
    return power
  }

  /// Bands of equal ratio.
  static func bands(
    _ count: Int, from low: Double, to high: Double, _ rate: Double, _ size: Int
  ) -> [Band] {
    func edge(_ index: Double) -> Double {
      low * pow(high / low, index / Double(count)) / rate * Double(size)
    }
    return (0..<count).map { index in
      let first = Int(edge(Double(index)).rounded(.up))
      let end = Int(edge(Double(index + 1)).rounded(.up))
      return Band(
        centre: Float(edge(Double(index) + 0.5)), bins: first..<min(max(first, end), size / 2 + 1))
    }
  }
}
