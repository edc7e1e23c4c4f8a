import Fourier

/// The pitch of a single voice, every 10 ms.
///
/// YIN (de Cheveigné, Kawahara 2002), steps 1 to 5: the squared difference of the sound and itself one
/// period later, divided by its mean over all shorter periods; the first dip below 0.15 is the period,
/// placed by a parabola. 65 Hz to 1100 Hz. What lies below -60 dB of full scale, or has no such dip,
/// has no pitch.
public final class PitchTracker {
  /// Frequencies that are found, in Hz.
  public static let range = 65.0...1100.0
  /// Depth of the dip that makes a period.
  private static let threshold = 0.15

  /// Seconds from one value to the next.
  public let period: Double
  /// Hz; 0 where there is no pitch.
  public private(set) var frequencies: [Float] = []

  private let rate: Double
  private let shortest: Int
  private let longest: Int
  /// Samples that are compared with those a period later.
  private let width: Int
  private let forward: RealTransform
  private let inverse: RealTransform
  private var slicer: WindowSlicer
  private var spectrum: [Float]
  private var kernel: [Float]
  private var products: [Float]

  /// - Returns: `nil` for a rate below 4000 Hz.
  public init?(sampleRate: Int) {
    guard sampleRate >= 4000 else { return nil }
    rate = Double(sampleRate)
    shortest = max(2, Int(rate / Self.range.upperBound))
    longest = Int((rate / Self.range.lowerBound).rounded(.up)) + 1
    var size = 64
    while size < 5 * longest / 2 { size *= 2 }
    width = size - longest
    guard let forward = RealTransform(size: size, .forward),
      let inverse = RealTransform(size: size, .inverse)
    else { return nil }
    self.forward = forward
    self.inverse = inverse
    let hop = max(1, Int((rate * 0.01).rounded()))
    slicer = WindowSlicer(size: size, hop: hop)
    period = Double(hop) / rate
    spectrum = Array(repeating: 0, count: forward.spectrumCount)
    kernel = spectrum
    products = Array(repeating: 0, count: size)
  }

  /// Adds mono samples.
  public func add(_ samples: UnsafeBufferPointer<Float>) {
    slicer.add(samples) { frequencies.append(frequency($0)) }
  }

  /// Ends the sound.
  public func finish() {
    slicer.finish { frequencies.append(frequency($0)) }
  }

  /// The pitch of one window.
  private func frequency(_ window: [Float]) -> Float {
    var power: Float = 0
    for sample in window { power += sample * sample }
    guard power / Float(window.count) >= SilenceFinder.threshold else { return 0 }
    let difference = difference(window)
    // The mean of all differences up to a lag, as a running sum.
    var sum = 0.0
    var normal = [Double](repeating: 1, count: longest + 1)
    for lag in 1...longest {
      sum += difference[lag]
      normal[lag] = sum > 0 ? difference[lag] * Double(lag) / sum : 1
    }
    var lag = shortest
    while lag < longest {
      if normal[lag] < Self.threshold {
        while lag + 1 < longest, normal[lag + 1] < normal[lag] { lag += 1 }
        break
      }
      lag += 1
    }
    guard lag < longest, lag > 1 else { return 0 }
    let (low, middle, high) = (normal[lag - 1], normal[lag], normal[lag + 1])
    let bend = low - 2 * middle + high
    let shift = bend > 0 ? min(1, max(-1, 0.5 * (low - high) / bend)) : 0
    let frequency = rate / (Double(lag) + shift)
    return Self.range.contains(frequency) ? Float(frequency) : 0
  }

  /// d(lag): the sum of (x[j] - x[j + lag])² for j below ``width``, for lags up to ``longest``.
  private func difference(_ window: [Float]) -> [Double] {
    forward.run(samples: window, spectrum: &spectrum)
    let head = window[..<width] + [Float](repeating: 0, count: longest)
    forward.run(samples: Array(head), spectrum: &kernel)
    for bin in 0..<kernel.count / 2 {
      let (a, b) = (kernel[2 * bin], -kernel[2 * bin + 1])
      let (c, d) = (spectrum[2 * bin], spectrum[2 * bin + 1])
      kernel[2 * bin] = a * c - b * d
      kernel[2 * bin + 1] = a * d + b * c
    }
    inverse.run(spectrum: kernel, samples: &products)
    let scale = 1 / Double(window.count)
    var first = 0.0
    for sample in window[..<width] { first += Double(sample) * Double(sample) }
    var later = first
    var result = [Double](repeating: 0, count: longest + 1)
    for lag in 1...longest {
      let (gone, come) = (Double(window[lag - 1]), Double(window[width + lag - 1]))
      later += come * come - gone * gone
      result[lag] = max(0, first + later - 2 * Double(products[lag]) * scale)
    }
    return result
  }
}
