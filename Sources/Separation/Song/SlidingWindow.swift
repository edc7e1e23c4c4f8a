import Diagnostics
import Neural

/// As much of the song as the network sees at once; silence where there is no song.
struct SlidingWindow<Source: SampleSource> {
  private let source: Source
  private let size: Int
  private let length: Int
  private let buffer: FloatBuffer
  private let input: FloatBuffer
  private var start: Int?

  init(_ source: Source, size: Int, length: Int) {
    self.source = source
    self.size = size
    self.length = length
    buffer = FloatBuffer(count: 2 * size)
    input = FloatBuffer(count: 2 * size)
  }

  /// Moves on to the window that begins with frame `place`; what is known already is not read again.
  mutating func move(to place: Int) throws(SeparationFailure) {
    let known = start.map { max(0, min(size, $0 + size - place)) } ?? 0
    if known > 0, let start {
      buffer.base.update(from: buffer.base + 2 * (place - start), count: 2 * known)
    }
    (buffer.base + 2 * known).update(repeating: 0, count: 2 * (size - known))
    start = place
    var next = max(place + known, 0)
    let end = min(place + size, length)
    while next < end {
      let target = UnsafeMutableBufferPointer(
        start: buffer.base + 2 * (next - place), count: 2 * (end - next))
      let read = try source.read(from: next, into: target)
      guard read > 0 else {
        throw SeparationFailure(
          .inputOutput, "the song ends at sample \(next), and had \(length) when it was measured")
      }
      next += read
    }
  }

  /// The window as the network wants it, interleaved stereo; valid until the next call.
  ///
  /// Samples of the song only: silence stays silence.
  func normalised(mean: Float, deviation: Float) -> UnsafePointer<Float> {
    let place = start ?? 0
    let song = max(0, -place)..<max(0, -place, min(size, length - place))
    input.clear()
    for index in 2 * song.lowerBound..<2 * song.upperBound {
      input[index] = Float((Double(buffer[index]) - Double(mean)) / Double(deviation))
    }
    return UnsafePointer(input.base)
  }

  /// Frames of the song that lie in the window.
  func samples(_ frames: Range<Int>) -> [Float] {
    let first = frames.lowerBound - (start ?? 0)
    return (2 * first..<2 * (first + frames.count)).map { buffer[$0] }
  }
}
