import Fourier
import Glibc

/// How much begins at each moment: the spectral flux, every 10 ms.
///
/// The magnitudes of 40 bands of equal ratios between 30 Hz and 11 kHz are compressed by
/// log(1 + 1000 x); what they grow by from one window of 43 ms or more to the next is added up (the
/// spectral flux of Dixon 2006, compressed as by Klapuri, Eronen and Astola 2006).
struct OnsetEnvelope {
  private static let bands = 40

  /// Seconds from one value to the next.
  let period: Double
  private(set) var values: [Float] = []

  private let spectrum: Spectrum
  private var slicer: WindowSlicer
  private let edges: [Int]
  private var last = [Float](repeating: 0, count: Self.bands)

  /// - Returns: `nil` for a rate below 1000 Hz.
  init?(sampleRate: Int) {
    var size = 64
    while Double(size) < 0.04 * Double(sampleRate) { size *= 2 }
    guard sampleRate >= 1000, let spectrum = Spectrum(size: size) else { return nil }
    let hop = max(1, Int((Double(sampleRate) * 0.01).rounded()))
    self.spectrum = spectrum
    slicer = WindowSlicer(size: size, hop: hop)
    period = Double(hop) / Double(sampleRate)
    let width = Double(sampleRate) / Double(size)
    let top = min(11_000, Double(sampleRate) / 2)
    edges = (0...Self.bands).map { band in
      let frequency = 30 * pow(top / 30, Double(band) / Double(Self.bands))
      return min(size / 2, Int((frequency / width).rounded()))
    }
  }

  /// Adds mono samples.
  mutating func add(_ samples: UnsafeBufferPointer<Float>) {
    var windows: [[Float]] = []
    slicer.add(samples) { windows.append($0) }
    for window in windows { take(window) }
  }

  /// Ends the sound.
  mutating func finish() {
    var windows: [[Float]] = []
    slicer.finish { windows.append($0) }
    for window in windows { take(window) }
  }

  private mutating func take(_ window: [Float]) {
    var powers = [Float](repeating: 0, count: spectrum.size / 2 + 1)
    spectrum.add(window, weight: 1, to: &powers)
    var flux: Float = 0
    for band in 0..<Self.bands {
      var sum: Float = 0
      for bin in edges[band]..<edges[band + 1] { sum += powers[bin] }
      let level = log(1 + 1000 * sum.squareRoot())
      flux += max(0, level - last[band])
      last[band] = level
    }
    values.append(flux)
  }
}
