import CodecFitting
import Foundation
import Neural

/// Small songs whose frames repeat: tones that are multiples of 12.5 Hz, for six frames each.
enum PlantedSongs {
  static let frames = 60

  static func pair(_ index: Int) -> StemPair {
    StemPair(
      vocal: tones(stream: UInt64(index), units: [16, 20, 24, 30], partials: 5, level: 0.3),
      accompaniment: tones(
        stream: UInt64(1000 + index), units: [6, 8, 9, 12], partials: 3, level: 0.15))
  }

  private static func tones(
    stream: UInt64, units: [Int], partials: Int, level: Float
  ) -> [Float] {
    let draws = Philox(seed: 5, stream: stream)
    var samples: [Float] = []
    for note in 0..<frames / 6 {
      let unit = units[Int(draws.uniform(at: UInt64(note)) * Double(units.count))]
      let tilt = 0.4 + 0.3 * Float(Int(draws.uniform(at: UInt64(100 + note)) * 3))
      for sample in 0..<6 * FrameGrid.hop {
        let phase = 2 * Float.pi * Float(unit * sample % 1920) / 1920
        var value: Float = 0
        var size = level
        for partial in 1...partials {
          value += size * sinf(Float(partial) * phase)
          size *= tilt
        }
        samples.append(value)
      }
    }
    return samples
  }

  /// A codec of 64 codes and 16 numbers.
  static func codec(threads: Int = 2, seed: UInt64 = 3) throws -> FittedCodec {
    var fitter = CodecFitter(songs: 16) { pair($0) }
    fitter.settings.latent = 16
    fitter.settings.codes = 64
    fitter.settings.seed = seed
    return try fitter.fit(pool: ThreadPool(threads: threads))
  }

  /// Decibels of x over what y lacks of it.
  static func quality(_ x: [Float], _ y: [Float]) -> Double {
    var (signal, error) = (0.0, 1e-20)
    for (a, b) in zip(x, y) {
      signal += Double(a) * Double(a)
      error += Double(a - b) * Double(a - b)
    }
    return 10 * log10(signal / error)
  }
}
