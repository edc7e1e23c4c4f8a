import CKissFFT

/// The Fourier transform of real numbers, one way, with room for one of them.
final class FourierTransform {
  enum Direction: Int32 {
    case forward = 0
    case inverse = 1
  }

  /// `size` real numbers.
  let samples: UnsafeMutablePointer<Float>
  /// `size / 2 + 1` complex ones.
  let bins: UnsafeMutablePointer<kiss_fft_cpx>
  private let direction: Direction
  private let memory: UnsafeMutableRawPointer
  private let plan: kiss_fftr_cfg?

  /// Calls `kiss_fftr_alloc`.
  ///
  /// - Parameter size: even.
  init(size: Int, _ direction: Direction) {
    var length = 0
    _ = kiss_fftr_alloc(Int32(size), direction.rawValue, nil, &length)
    memory = .allocate(byteCount: max(1, length), alignment: 64)
    plan = kiss_fftr_alloc(Int32(size), direction.rawValue, memory, &length)
    self.direction = direction
    samples = .allocate(capacity: size)
    samples.initialize(repeating: 0, count: size)
    bins = .allocate(capacity: size / 2 + 1)
    bins.initialize(repeating: kiss_fft_cpx(), count: size / 2 + 1)
  }

  deinit {
    samples.deallocate()
    bins.deallocate()
    memory.deallocate()
  }

  /// Samples to bins, or bins to samples that are `size` times too loud.
  ///
  /// Calls `kiss_fftr` or `kiss_fftri`.
  func run() {
    switch direction {
    case .forward: kiss_fftr(plan, samples, bins)
    case .inverse: kiss_fftri(plan, bins, samples)
    }
  }
}
