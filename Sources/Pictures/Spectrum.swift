import CKissFFT
import Glibc

/// The power spectrum of one block of samples.
package final class Spectrum {
  /// Samples per block; even.
  package let size: Int
  private let memory: UnsafeMutableRawPointer
  private let plan: kiss_fftr_cfg
  private let window: [Float]
  private var windowed: [Float]
  private var transform: [kiss_fft_cpx]

  /// Calls `kiss_fftr_alloc`.
  package init?(size: Int) {
    var length = 0
    _ = kiss_fftr_alloc(Int32(size), 0, nil, &length)
    memory = .allocate(byteCount: max(1, length), alignment: 16)
    guard length > 0, let plan = kiss_fftr_alloc(Int32(size), 0, memory, &length) else {
      memory.deallocate()
      return nil
    }
    self.plan = plan
    self.size = size
    window = (0..<size).map { Float(0.5 - 0.5 * cos(2 * Double.pi * Double($0) / Double(size))) }
    windowed = Array(repeating: 0, count: size)
    transform = Array(repeating: kiss_fft_cpx(), count: size / 2 + 1)
  }

  deinit { memory.deallocate() }

  /// Adds the power of each bin of `samples` (of which there are ``size``) to `powers` (of which
  /// there are `size / 2 + 1`), so scaled that a sine of amplitude 1 has power `weight`.
  ///
  /// Calls `kiss_fftr`.
  package func add(_ samples: [Float], weight: Float, to powers: inout [Float]) {
    for index in 0..<size { windowed[index] = samples[index] * window[index] }
    kiss_fftr(plan, windowed, &transform)
    // The window's sum is size / 2, and a sine shows half its amplitude on either side of zero.
    let scale = weight * 16 / (Float(size) * Float(size))
    for bin in powers.indices {
      let value = transform[bin]
      powers[bin] += (value.r * value.r + value.i * value.i) * scale
    }
  }
}
