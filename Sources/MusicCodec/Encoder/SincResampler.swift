import Diagnostics

/// Changes the sample rate of interleaved audio piece by piece with the reference's filter.
///
/// However the input is cut into pieces, the same bits come out: ``SincKernel/outputs(_:)`` frames,
/// aligned with the input.
public final class SincResampler {
  public let kernel: SincKernel
  public let channels: Int
  /// The frames not done with, one queue for each channel; the first lies `width` before the block
  /// that is next.
  private var queues: [[Float]]
  /// Frames taken so far, and blocks of `new` frames given out.
  private var taken = 0
  private var blocks = 0

  public init(_ kernel: SincKernel, channels: Int) {
    self.kernel = kernel
    self.channels = max(1, channels)
    let silence = [Float](repeating: 0, count: kernel.width)
    queues = Array(repeating: silence, count: self.channels)
  }

  /// As ``init(_:channels:)`` with the kernel of these rates.
  ///
  /// - Throws: `data` for rates that cannot be converted.
  public convenience init(
    from: Int, to: Int, channels: Int, arithmetic: SincKernel.Arithmetic = .function
  ) throws(CodecFailure) {
    try self.init(SincKernel(from: from, to: to, arithmetic: arithmetic), channels: channels)
  }

  /// Takes whole frames [n, channels].
  ///
  /// - Returns: the frames that follow those given out, [m, channels].
  public func push(_ samples: some Collection<Float>) -> [Float] {
    let frames = samples.count / channels
    samples.withContiguousStorageIfAvailable { samples in
      for channel in 0..<channels {
        queues[channel].reserveCapacity(queues[channel].count + frames)
        for frame in 0..<frames { queues[channel].append(samples[frame * channels + channel]) }
      }
    } ?? take(Array(samples), frames)
    taken += frames
    // A block needs what lies up to `width` after its last input frame.
    return take(blocks: (taken - kernel.width) / kernel.orig - blocks, last: nil)
  }

  /// Ends the input, silence after it.
  ///
  /// - Returns: the frames that are left, [m, channels].
  public func finish() -> [Float] {
    let total = kernel.outputs(taken)
    let left = (total + kernel.new - 1) / kernel.new - blocks
    for channel in 0..<channels {
      queues[channel] += [Float](repeating: 0, count: 2 * kernel.width + kernel.orig)
    }
    return take(blocks: left, last: total - blocks * kernel.new)
  }

  /// All of a signal at once, [n, channels].
  public static func convert(_ samples: [Float], _ kernel: SincKernel, channels: Int) -> [Float] {
    let resampler = SincResampler(kernel, channels: channels)
    return resampler.push(samples) + resampler.finish()
  }

  private func take(_ samples: [Float], _ frames: Int) {
    for channel in 0..<channels {
      for frame in 0..<frames { queues[channel].append(samples[frame * channels + channel]) }
    }
  }

  /// - Parameter last: frames to give out, when those are fewer than the blocks have.
  private func take(blocks count: Int, last: Int?) -> [Float] {
    guard count > 0 else { return [] }
    let frames = last ?? count * kernel.new
    let kernel = kernel
    let channels = channels
    var result = [Float](repeating: 0, count: frames * channels)
    for channel in 0..<channels {
      // Taps beyond the kernel's reach are 0, but their samples are read.
      queues[channel] += [0, 0, 0, 0, 0, 0, 0, 0]
      result.withUnsafeMutableBufferPointer { result in
        queues[channel].withUnsafeBufferPointer { queue in
          kernel.values.withUnsafeBufferPointer { values in
            guard let queue = queue.baseAddress, let values = values.baseAddress else { return }
            var frame = 0
            for block in 0..<count {
              let start = queue + block * kernel.orig
              for phase in 0..<min(kernel.new, frames - frame) {
                result[frame * channels + channel] = kernel.sum(phase: phase, start, values)
                frame += 1
              }
            }
          }
        }
      }
      queues[channel].removeLast(8)
      queues[channel].removeFirst(min(queues[channel].count, count * kernel.orig))
    }
    blocks += count
    return result
  }
}
