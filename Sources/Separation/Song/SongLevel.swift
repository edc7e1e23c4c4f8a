import CKernels
import Diagnostics
import Neural

/// The length and the level of a whole song, which the network wants taken away.
public struct SongLevel: Sendable, Hashable {
  /// Sample frames.
  public let frames: Int
  /// The mean of the middle of both channels.
  public let mean: Float
  /// Its standard deviation (N - 1), or 0 when the middle is constant: silence, or sides that cancel out.
  public let deviation: Float

  /// Frames that are read at once.
  private static let block = 1 << 14

  /// A level that is known.
  package init(frames: Int, mean: Float, deviation: Float) {
    self.frames = frames
    self.mean = mean
    self.deviation = deviation
  }

  /// Reads a song from end to end.
  ///
  /// - Throws: `data` for a song without samples or a sample that is not a number, with its place.
  public init(_ source: some SampleSource) throws(SeparationFailure) {
    let samples = FloatBuffer(count: 2 * Self.block)
    let middle = FloatBuffer(count: Self.block)
    // Sums of differences from the first sample, so that a constant has exactly none.
    let bias = FloatBuffer(count: 96)
    var (count, sum, squares) = (0, 0.0, 0.0)
    while true {
      let read = try source.read(from: count, into: samples.elements)
      guard read > 0 else { break }
      for frame in 0..<read {
        let (left, right) = (samples[2 * frame], samples[2 * frame + 1])
        guard left.isFinite, right.isFinite else { throw Self.notANumber(count + frame, left) }
        middle[frame] = left / 2 + right / 2
      }
      if count == 0 {
        for index in 0..<bias.count { bias[index] = -middle[0] }
      }
      var (blockSum, blockSquares) = (0.0, 0.0)
      sgk_moments(middle.base, read, bias.base, bias.count, &blockSum, &blockSquares)
      sum += blockSum
      squares += blockSquares
      count += read
    }
    withExtendedLifetime((samples, middle)) {}
    guard count > 0 else {
      throw SeparationFailure(.data, "there is no sound to separate: the song has no samples")
    }
    let moments = Moments(sum: sum, squares: squares, count: count)
    frames = count
    mean = Float(moments.mean - Double(bias[0]))
    deviation = Float(moments.deviation)
  }

  private static func notANumber(_ frame: Int, _ left: Float) -> SeparationFailure {
    let rate = HTDemucsShape.sampleRate
    let side = left.isFinite ? "right" : "left"
    let (seconds, rest) = frame.quotientAndRemainder(dividingBy: rate)
    let thousandths = rest * 1000 / rate
    let padding = String(repeating: "0", count: 3 - String(thousandths).count)
    return SeparationFailure(
      .data,
      "sample \(frame) (\(seconds).\(padding)\(thousandths) s) of the \(side) channel is not a "
        + "finite number")
  }
}
