import Fourier
import Glibc
package import Neural

/// The spectrogram of a segment and back (`_spec`, `_ispec`), complex numbers as channels.
///
/// Frame j of the signal begins 1.5 hops before sample j * hop; the signal is mirrored at both ends.
/// There are as many frames as hops, and no bin for the Nyquist frequency.
///
/// By fast transforms: both ways take 0.03 s of a segment's 3 s, where a product with the transform's
/// matrix (22 GFLOP each way) would take ten times as long.
package struct Spectrogram: Sendable {
  /// Samples of a frame.
  private let size: Int
  /// Samples of the signal.
  private let length: Int
  /// Periodic Hann.
  private let window: [Float]

  private var hop: Int { size / 4 }
  private var frames: Int { (length + hop - 1) / hop }
  private var pad: Int { hop / 2 * 3 }

  /// Frames of a task.
  private static let block = 24

  /// - Parameters:
  ///   - size: samples of a frame, a multiple of 8.
  ///   - length: samples of the signal, more than a frame.
  package init(size: Int, length: Int) {
    self.size = size
    self.length = length
    window = (0..<size).map {
      Float(0.5 - 0.5 * cos(2 * Double.pi * Double($0) / Double(size)))
    }
  }

  /// Interleaved stereo to [size / 2 bins, frames, (left re, left im, right re, right im)].
  package func analyse(_ samples: UnsafePointer<Float>, _ pool: ThreadPool) -> Plane {
    let plane = Plane(rows: size / 2, frames: frames, channels: 4)
    let scale = 1 / Float(size).squareRoot()
    nonisolated(unsafe) let samples = samples
    pool.blocks(frames, of: Self.block) { first, count in
      let transform = transform(.forward)
      var wave = [Float](repeating: 0, count: size)
      var spectrum = [Float](repeating: 0, count: transform.spectrumCount)
      let bins = size / 2
      let part = FloatBuffer(count: count * bins * 4)
      for frame in 0..<count {
        for channel in 0..<2 {
          for index in 0..<size {
            var place = (first + frame) * hop - pad + index
            if place < 0 { place = -place }
            if place >= length { place = 2 * (length - 1) - place }
            wave[index] = window[index] * samples[2 * place + channel]
          }
          transform.run(samples: wave, spectrum: &spectrum)
          let line = part.base + frame * bins * 4 + 2 * channel
          for bin in 0..<bins {
            line[4 * bin] = spectrum[2 * bin] * scale
            line[4 * bin + 1] = spectrum[2 * bin + 1] * scale
          }
        }
      }
      for bin in 0..<bins {
        let row = plane.row(bin) + first * 4
        for frame in 0..<count {
          (row + 4 * frame).update(from: part.base + (frame * bins + bin) * 4, count: 4)
        }
      }
      withExtendedLifetime(part) {}
    }
    return plane
  }

  /// Channels `channel..<channel + 4` of `plane` to interleaved stereo of ``length`` samples.
  ///
  /// Not an exact inverse near the ends: frames beyond them count as silent.
  package func synthesise(_ plane: Plane, channel: Int, _ pool: ThreadPool) -> FloatBuffer {
    let waves = FloatBuffer(count: frames * size * 2)
    // The squares of the windows that overlap add up to 1.5 everywhere.
    let scale = 1 / (Float(size).squareRoot() * 1.5)
    pool.blocks(frames, of: Self.block) { first, count in
      let transform = transform(.inverse)
      // The bin of the Nyquist frequency stays 0.
      var spectrum = [Float](repeating: 0, count: transform.spectrumCount)
      var samples = [Float](repeating: 0, count: size)
      let bins = size / 2
      let part = FloatBuffer(count: count * bins * 4)
      for bin in 0..<bins {
        let row = plane.row(bin) + first * plane.channels + channel
        for frame in 0..<count {
          (part.base + (frame * bins + bin) * 4).update(
            from: row + frame * plane.channels, count: 4)
        }
      }
      for frame in 0..<count {
        let wave = waves.base + (first + frame) * size * 2
        for side in 0..<2 {
          let line = part.base + frame * bins * 4 + 2 * side
          for bin in 0..<bins {
            spectrum[2 * bin] = line[4 * bin]
            spectrum[2 * bin + 1] = line[4 * bin + 1]
          }
          // The mean of a real signal has no imaginary part, whatever the network says.
          spectrum[1] = 0
          transform.run(spectrum: spectrum, samples: &samples)
          for index in 0..<size {
            wave[2 * index + side] = samples[index] * window[index] * scale
          }
        }
      }
      withExtendedLifetime(part) {}
    }
    return overlap(waves, pool)
  }

  private func transform(_ direction: RealTransform.Direction) -> RealTransform {
    guard let transform = RealTransform(size: size, direction) else {
      fatalError("a Fourier transform of \(size) samples")
    }
    return transform
  }

  /// The sum of frames [frames, size, 2], each a hop after the one before.
  private func overlap(_ waves: FloatBuffer, _ pool: ThreadPool) -> FloatBuffer {
    let out = FloatBuffer(count: length * 2)
    // Sample s lies at s + pad of frame 0.
    pool.blocks(length, of: 1 << 14) { first, count in
      for frame in 0..<frames {
        let start = frame * hop - pad
        let (lower, upper) = (max(start, first), min(start + size, first + count))
        guard lower < upper else { continue }
        let (source, target) = (
          waves.base + (frame * size + lower - start) * 2, out.base + lower * 2
        )
        for index in 0..<(upper - lower) * 2 { target[index] += source[index] }
      }
    }
    return out
  }
}
