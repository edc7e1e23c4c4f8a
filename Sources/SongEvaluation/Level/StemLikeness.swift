import Fourier

/// How much of one stem is in the other.
///
/// The correlation is Pearson's, of the samples. The coherence is the share of the vocal's power that
/// a linear filter could make from the accompaniment: the magnitude-squared coherence of each
/// frequency (Carter, Knapp, Nuttall 1973), by Welch's method with Hann windows that overlap by half,
/// without the bias that few windows bring, weighted by the vocal's power. A stem that leaks through
/// a reverb or late shows in it, and not in the correlation.
///
/// Both stems are mono and of one rate; one may come ahead of the other.
public final class StemLikeness {
  /// Samples of a window.
  private static let size = 4096

  private let transform: RealTransform
  private let window: [Float]
  private var waiting: ([Float], [Float]) = ([], [])
  private var vocalSpectrum: [Float]
  private var otherSpectrum: [Float]
  private var vocalPower: [Double]
  private var otherPower: [Double]
  /// Real and imaginary part in turn.
  private var cross: [Double]
  private var windows = 0
  private var sums = (vocal: 0.0, other: 0.0, both: 0.0)

  public init?() {
    guard let transform = RealTransform(size: Self.size, .forward) else { return nil }
    self.transform = transform
    window = hannWindow(Self.size)
    let bins = Self.size / 2 + 1
    vocalSpectrum = Array(repeating: 0, count: transform.spectrumCount)
    otherSpectrum = vocalSpectrum
    vocalPower = Array(repeating: 0, count: bins)
    otherPower = vocalPower
    cross = Array(repeating: 0, count: 2 * bins)
  }

  /// Takes samples of the vocal.
  public func add(vocal samples: [Float]) {
    waiting.0 += samples
    run()
  }

  /// Takes samples of the accompaniment.
  public func add(accompaniment samples: [Float]) {
    waiting.1 += samples
    run()
  }

  private func run() {
    let size = Self.size
    var start = 0
    while start + size <= min(waiting.0.count, waiting.1.count) {
      add(Array(waiting.0[start..<start + size]), Array(waiting.1[start..<start + size]))
      start += size / 2
    }
    waiting.0.removeFirst(start)
    waiting.1.removeFirst(start)
  }

  private func add(_ vocal: [Float], _ other: [Float]) {
    for index in 0..<Self.size / 2 {
      sums.vocal += Double(vocal[index] * vocal[index])
      sums.other += Double(other[index] * other[index])
      sums.both += Double(vocal[index] * other[index])
    }
    transform.run(samples: zip(vocal, window).map(*), spectrum: &vocalSpectrum)
    transform.run(samples: zip(other, window).map(*), spectrum: &otherSpectrum)
    for bin in vocalPower.indices {
      let (a, b) = (Double(vocalSpectrum[2 * bin]), Double(vocalSpectrum[2 * bin + 1]))
      let (c, d) = (Double(otherSpectrum[2 * bin]), Double(otherSpectrum[2 * bin + 1]))
      vocalPower[bin] += a * a + b * b
      otherPower[bin] += c * c + d * d
      cross[2 * bin] += a * c + b * d
      cross[2 * bin + 1] += a * d - b * c
    }
    windows += 1
  }

  /// Pearson's correlation, from -1 to 1; nil if a stem is silent.
  public var correlation: Double? {
    let product = (sums.vocal * sums.other).squareRoot()
    return product > 1e-12 ? sums.both / product : nil
  }

  /// The coherent share of the vocal, from 0 to 1; nil if a stem is silent or there is less than a
  /// second or so of both.
  public var coherence: Double? {
    // Half of the windows are new: that many count for the bias.
    let independent = Double(windows) / 2
    guard independent > 4, sums.vocal > 1e-9, sums.other > 1e-9 else { return nil }
    var (shared, total) = (0.0, 0.0)
    for bin in vocalPower.indices where vocalPower[bin] > 0 {
      total += vocalPower[bin]
      guard otherPower[bin] > 0 else { continue }
      let (re, im) = (cross[2 * bin], cross[2 * bin + 1])
      let squared = (re * re + im * im) / (vocalPower[bin] * otherPower[bin])
      shared += vocalPower[bin] * (squared - 1 / independent) / (1 - 1 / independent)
    }
    return total > 0 ? min(max(shared / total, 0), 1) : nil
  }
}
