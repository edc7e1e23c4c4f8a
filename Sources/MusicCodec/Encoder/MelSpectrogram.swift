import Fourier
import Glibc
import Neural

/// 24 kHz mono to mel frames in normalised decibels.
///
/// Frame i is the power spectrum of the 2048 samples around sample 240 i, the signal mirrored at its
/// ends.
struct MelSpectrogram: Sendable {
  let filters: MelFilters

  /// Mean and deviation of the decibels in the reference's training data.
  private static let mean: Float = 6.768444971712967
  private static let deviation: Float = 18.417922652295623

  /// Frames of a signal.
  static func frames(samples: Int) -> Int { samples / MelFilters.hop }

  /// Frames `range`, [range.count, 128].
  ///
  /// - Parameter signal: more than 1024 samples.
  func run(_ signal: [Float], frames range: Range<Int>, pool: ThreadPool) -> FloatBuffer {
    let bands = MelFilters.bands
    let result = FloatBuffer(count: max(1, range.count * bands))
    let block = 64
    nonisolated(unsafe) let out = result.base
    pool.run((range.count + block - 1) / block) { task in
      guard let transform = RealTransform(size: MelFilters.size, .forward) else {
        fatalError("a Fourier transform of \(MelFilters.size) samples")
      }
      var samples = [Float](repeating: 0, count: MelFilters.size)
      var spectrum = [Float](repeating: 0, count: transform.spectrumCount)
      var power = [Float](repeating: 0, count: MelFilters.bins)
      for row in task * block..<min(range.count, (task + 1) * block) {
        cut(signal, around: (range.lowerBound + row) * MelFilters.hop, to: &samples)
        transform.run(samples: samples, spectrum: &spectrum)
        for bin in power.indices {
          let (real, imaginary) = (spectrum[2 * bin], spectrum[2 * bin + 1])
          power[bin] = real * real + imaginary * imaginary
        }
        for band in 0..<bands {
          var sum: Float = 0
          let start = filters.bandStarts[band]
          let weights = filters.bandWeights[band]
          for index in weights.indices { sum += power[start + index] * weights[index] }
          let decibels = 10 * log10f(max(sum, 1e-10))
          out[row * bands + band] = (decibels - Self.mean) / Self.deviation
        }
      }
    }
    return result
  }

  /// The windowed samples around `centre`.
  private func cut(_ signal: [Float], around centre: Int, to samples: inout [Float]) {
    let first = centre - MelFilters.size / 2
    let last = signal.count - 1
    for index in 0..<MelFilters.size {
      let place = abs(first + index)
      samples[index] = signal[place <= last ? place : 2 * last - place] * filters.window[index]
    }
  }
}
