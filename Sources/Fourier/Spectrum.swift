import Glibc

/// The power spectrum of one block of samples.
package final class Spectrum {
  /// Samples per block; even.
  package let size: Int
  private let transform: RealTransform
  private let window: [Float]
  private var windowed: [Float]
  /// [bins, 2].
  private var bins: [Float]

  /// - Returns: `nil` for an odd size.
  package init?(size: Int) {
    guard let transform = RealTransform(size: size, .forward) else { return nil }
    self.transform = transform
    self.size = size
    window = (0..<size).map { Float(0.5 - 0.5 * cos(2 * Double.pi * Double($0) / Double(size))) }
    windowed = Array(repeating: 0, count: size)
    bins = Array(repeating: 0, count: transform.spectrumCount)
  }

  /// Adds the power of each bin of `samples` (of which there are ``size``) to `powers` (of which
  /// there are `size / 2 + 1`), so scaled that a sine of amplitude 1 has power `weight`.
  package func add(_ samples: [Float], weight: Float, to powers: inout [Float]) {
    for index in 0..<size { windowed[index] = samples[index] * window[index] }
    transform.run(samples: windowed, spectrum: &bins)
    // The window's sum is size / 2, and a sine shows half its amplitude on either side of zero.
    let scale = weight * 16 / (Float(size) * Float(size))
    for bin in powers.indices {
      let (real, imaginary) = (bins[2 * bin], bins[2 * bin + 1])
      powers[bin] += (real * real + imaginary * imaginary) * scale
    }
  }
}
