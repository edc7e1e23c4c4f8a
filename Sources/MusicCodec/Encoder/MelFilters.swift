import Diagnostics
import Glibc
import Weights

/// Window and filter bank of the mel spectrogram.
///
/// 128 triangles on the HTK scale from 0 to 12 000 Hz, without area normalisation, over the 1025 bins
/// of 2048 samples at 24 kHz.
struct MelFilters: Sendable {
  static let size = 2048
  static let hop = 240
  static let bins = size / 2 + 1
  static let bands = 128

  /// [2048].
  let window: [Float]
  /// The bins where a band is not 0, and the weights there.
  let bandStarts: [Int]
  let bandWeights: [[Float]]

  /// - Parameters:
  ///   - source: may hold `PREFIX.spectrogram.window` [2048] and `PREFIX.mel_scale.fb` [1025, 128];
  ///     what it lacks is computed.
  ///   - prefix: where they are.
  init(_ source: any TensorSource, _ prefix: String) throws(WeightsFailure) {
    let windowName = prefix + ".spectrogram.window"
    if source.shape(of: windowName) != nil {
      window = try source.tensor(windowName, shape: [Self.size]).array
    } else {
      window = (0..<Self.size).map {
        Float(0.5 - 0.5 * cos(2 * Double.pi * Double($0) / Double(Self.size)))
      }
    }
    let filterName = prefix + ".mel_scale.fb"
    let filters =
      source.shape(of: filterName) != nil
      ? try source.tensor(filterName, shape: [Self.bins, Self.bands]).array : Self.triangles()
    var starts: [Int] = []
    var weights: [[Float]] = []
    for band in 0..<Self.bands {
      let column = (0..<Self.bins).map { filters[$0 * Self.bands + band] }
      let first = column.firstIndex { $0 != 0 } ?? 0
      let last = column.lastIndex { $0 != 0 } ?? 0
      starts.append(first)
      weights.append(Array(column[first...last]))
    }
    (bandStarts, bandWeights) = (starts, weights)
  }

  /// [1025, 128], in f32 as the reference computes it.
  static func triangles() -> [Float] {
    let top = Float(2595 * log10(1 + 12000 / 700.0))
    let points = (0..<bands + 2).map { index -> Float in
      let mel = top / Float(bands + 1) * Float(index)
      return 700 * (powf(10, mel / 2595) - 1)
    }
    var result = [Float](repeating: 0, count: bins * bands)
    for bin in 0..<bins {
      let frequency = Float(bin) * (12000 / Float(bins - 1))
      for band in 0..<bands {
        let rising = (frequency - points[band]) / (points[band + 1] - points[band])
        let falling = (points[band + 2] - frequency) / (points[band + 2] - points[band + 1])
        result[bin * bands + band] = max(0, min(rising, falling))
      }
    }
    return result
  }
}
