import Diagnostics

/// Adds stems that arrive piece by piece, one running ahead of another, to one stereo signal.
///
/// It holds no more than the stems differ in length so far.
public struct StemBus {
  private struct Stem {
    let channels: Int
    let matrix: StemMatrix
    /// Interleaved samples that other stems have not caught up with.
    var waiting: [Float] = []
  }

  private var stems: [Stem]

  /// A bus for stems of 1 or 2 channels each.
  ///
  /// - Throws: ``MixingFailure`` with status 65 for other numbers of channels, or no stem.
  public init(
    _ stems: [(name: String, channels: Int, settings: StemSettings)]
  ) throws(MixingFailure) {
    guard !stems.isEmpty else { throw MixingFailure(.data, "there is no stem to mix") }
    for stem in stems where !(1...2).contains(stem.channels) {
      throw MixingFailure(
        .data, "stem '\(stem.name)' has \(stem.channels) channels; 1 or 2 can be mixed")
    }
    self.stems = stems.map { Stem(channels: $0.channels, matrix: $0.settings.matrix) }
  }

  /// Takes whole frames of one stem.
  ///
  /// - Returns: Stereo frames, interleaved, of which every stem is there now.
  public mutating func append(_ samples: [Float], to stem: Int) -> [Float] {
    guard stems.indices.contains(stem) else { return [] }
    stems[stem].waiting += samples
    return take(stems.map { $0.waiting.count / $0.channels }.min() ?? 0)
  }

  /// Ends the stems; one that is shorter counts as silent from its end on.
  ///
  /// - Returns: The last stereo frames.
  public mutating func finish() -> [Float] {
    let longest = stems.map { $0.waiting.count / $0.channels }.max() ?? 0
    for index in stems.indices {
      let missing = longest * stems[index].channels - stems[index].waiting.count
      stems[index].waiting += [Float](repeating: 0, count: max(0, missing))
    }
    return take(longest)
  }

  /// Adds the first `frames` frames of all stems and removes them.
  private mutating func take(_ frames: Int) -> [Float] {
    var result = [Float](repeating: 0, count: frames * 2)
    guard frames > 0 else { return result }
    for index in stems.indices {
      let (matrix, channels) = (stems[index].matrix, stems[index].channels)
      stems[index].waiting.withUnsafeBufferPointer { input in
        for frame in 0..<frames {
          let left = input[frame * channels]
          let right = input[frame * channels + channels - 1]
          result[frame * 2] += matrix.leftFromLeft * left + matrix.leftFromRight * right
          result[frame * 2 + 1] += matrix.rightFromLeft * left + matrix.rightFromRight * right
        }
      }
      stems[index].waiting.removeFirst(frames * channels)
    }
    return result
  }
}
