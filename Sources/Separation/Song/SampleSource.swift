/// Where the song that is to be separated comes from: interleaved stereo at 44.1 kHz that can be read
/// twice, a file or a spool.
///
/// It is read from its beginning to its end twice, first to find its level, then to take it apart.
public protocol SampleSource {
  /// Reads frames from frame `start` on into `buffer`, two floats each.
  ///
  /// - Returns: Frames read; fewer than `buffer` holds only at the end, and 0 beyond it.
  func read(
    from start: Int, into buffer: UnsafeMutableBufferPointer<Float>
  ) throws(SeparationFailure) -> Int
}

/// A song in memory.
public struct SampleArray: SampleSource {
  private let samples: [Float]

  /// - Parameter samples: interleaved stereo.
  public init(_ samples: [Float]) {
    self.samples = samples
  }

  public func read(from start: Int, into buffer: UnsafeMutableBufferPointer<Float>) -> Int {
    let count = min(buffer.count / 2, samples.count / 2 - start)
    guard count > 0 else { return 0 }
    for index in 0..<2 * count { buffer[index] = samples[2 * start + index] }
    return count
  }
}
