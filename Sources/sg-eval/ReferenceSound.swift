import AudioIO
import Diagnostics

/// The samples of `--reference` at a song's rate, mono, read as they are needed.
final class ReferenceSound {
  private let reader: AudioReader
  private let resampler: Resampler?
  private var isOver = false

  init(_ path: String, sampleRate: Int) throws {
    reader = try AudioReader(path: path)
    resampler =
      reader.sampleRate == sampleRate
      ? nil : try Resampler(from: reader.sampleRate, to: sampleRate, channels: 1)
  }

  /// The next samples; nil at the end.
  func next() throws -> [Float]? {
    guard !isOver else { return nil }
    var result: [Float] = []
    let channels = reader.channels
    let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: 8192 * channels)
    defer { block.deallocate() }
    let count = try reader.read(into: block)
    isOver = count == 0
    let mono = (0..<count).map { frame in
      var sum: Float = 0
      for channel in 0..<channels { sum += block[frame * channels + channel] }
      return sum / Float(channels)
    }
    guard let resampler else { return isOver ? nil : mono }
    mono.withUnsafeBufferPointer { samples in
      resampler.process(samples, last: isOver) { result += $0 }
    }
    return result
  }
}
