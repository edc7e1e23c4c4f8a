import Fourier
import Glibc

/// What the sound is like every 50 ms: the level of 24 bands of frequency and of 12 pitch classes.
///
/// The windows are 0.17 s or a little longer. The bands have equal ratios from 60 Hz to 12 kHz, or to
/// what the rate allows, in dB. The pitch classes hold the magnitudes of the peaks of the spectrum
/// from 100 Hz to 2 kHz, each placed by a parabola through its logarithms (after the pitch class
/// profiles of Gómez 2006, with A = 440 Hz).
struct FeatureFrames {
  static let bands = 24
  static let classes = 12
  /// Level that nothing lies below, in dB.
  static let floor: Float = -90

  /// Seconds from one frame to the next.
  let period: Double
  /// How many frames there are.
  private(set) var count = 0
  /// [count, bands], dB.
  private(set) var levels: [Float] = []
  /// [count, classes].
  private(set) var chroma: [Float] = []

  private let spectrum: Spectrum
  private var slicer: WindowSlicer
  private let edges: [Int]
  private let peaks: Range<Int>
  private let binWidth: Double

  /// - Returns: `nil` for a rate below 1000 Hz.
  init?(sampleRate: Int) {
    var size = 128
    while Double(size) < 0.16 * Double(sampleRate) { size *= 2 }
    guard sampleRate >= 1000, let spectrum = Spectrum(size: size) else { return nil }
    let hop = max(1, Int((Double(sampleRate) * 0.05).rounded()))
    self.spectrum = spectrum
    slicer = WindowSlicer(size: size, hop: hop)
    period = Double(hop) / Double(sampleRate)
    let width = Double(sampleRate) / Double(size)
    let top = min(12_000, Double(sampleRate) / 2)
    edges = (0...Self.bands).map { band in
      let frequency = 60 * pow(top / 60, Double(band) / Double(Self.bands))
      return min(size / 2, max(1, Int((frequency / width).rounded())))
    }
    binWidth = width
    peaks = max(2, Int(100 / width))..<max(3, min(size / 2 - 1, Int(2000 / width)))
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
    for band in 0..<Self.bands {
      var sum: Float = 0
      for bin in edges[band]..<max(edges[band] + 1, edges[band + 1]) { sum += powers[bin] }
      levels.append(max(Self.floor, 10 * log10(max(sum, 1e-20))))
    }
    var classes = [Float](repeating: 0, count: Self.classes)
    for bin in peaks where powers[bin] > powers[bin - 1] && powers[bin] >= powers[bin + 1] {
      guard powers[bin] > 1e-10 else { continue }
      let (low, middle, high) = (
        log(max(powers[bin - 1], 1e-20)), log(powers[bin]), log(max(powers[bin + 1], 1e-20))
      )
      let bend = low - 2 * middle + high
      let shift = bend < 0 ? 0.5 * (low - high) / bend : 0
      let frequency = (Double(bin) + Double(shift)) * binWidth
      let semitone = Int((12 * log2(frequency / 440)).rounded()) + 9
      classes[(semitone % 12 + 12) % 12] += powers[bin].squareRoot()
    }
    chroma += classes
    count += 1
  }
}
