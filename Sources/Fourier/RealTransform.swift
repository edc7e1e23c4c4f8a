import CKissFFT

/// The Fourier transform of `size` real numbers, one way; for one thread at a time.
///
/// Of the spectrum there are `size / 2 + 1` complex numbers, from the mean to the Nyquist frequency,
/// real and imaginary part in turn.
package final class RealTransform {
  package enum Direction: Int32, Sendable {
    case forward = 0
    case inverse = 1
  }

  /// Real numbers; even.
  package let size: Int
  package let direction: Direction
  private let memory: UnsafeMutableRawPointer
  private let plan: kiss_fftr_cfg

  /// Numbers of a spectrum: two for each bin.
  package var spectrumCount: Int { size + 2 }

  /// Calls `kiss_fftr_alloc`.
  ///
  /// - Returns: `nil` for a size that is odd or below 2.
  package init?(size: Int, _ direction: Direction) {
    guard size >= 2, size.isMultiple(of: 2), let count = Int32(exactly: size) else { return nil }
    var length = 0
    _ = kiss_fftr_alloc(count, direction.rawValue, nil, &length)
    memory = .allocate(byteCount: max(1, length), alignment: 64)
    guard length > 0, let plan = kiss_fftr_alloc(count, direction.rawValue, memory, &length) else {
      memory.deallocate()
      return nil
    }
    self.plan = plan
    self.size = size
    self.direction = direction
  }

  deinit { memory.deallocate() }

  /// The spectrum of `samples`: X[k] is the sum of x[n] e^(-2 pi i k n / size).
  ///
  /// Calls `kiss_fftr`.
  ///
  /// - Parameters:
  ///   - samples: [size].
  ///   - spectrum: [size / 2 + 1, 2], overwritten.
  package func run(samples: [Float], spectrum: inout [Float]) {
    precondition(direction == .forward && samples.count == size && spectrum.count == size + 2)
    spectrum.withUnsafeMutableBytes { bytes in
      kiss_fftr(plan, samples, bytes.baseAddress?.assumingMemoryBound(to: kiss_fft_cpx.self))
    }
  }

  /// The samples of `spectrum`, `size` times as loud as those it came from.
  ///
  /// Calls `kiss_fftri`.
  ///
  /// - Parameters:
  ///   - spectrum: [size / 2 + 1, 2]; the imaginary parts of the first and the last bin do not count.
  ///   - samples: [size], overwritten.
  package func run(spectrum: [Float], samples: inout [Float]) {
    precondition(direction == .inverse && samples.count == size && spectrum.count == size + 2)
    spectrum.withUnsafeBytes { bytes in
      kiss_fftri(
        plan, bytes.baseAddress?.assumingMemoryBound(to: kiss_fft_cpx.self), &samples)
    }
  }
}
