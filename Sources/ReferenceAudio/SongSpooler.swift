public import AudioIO
import Diagnostics

/// A recording, read once and kept at the rates that are needed.
public struct SpooledAudio: Sendable {
  /// What was asked for at each rate, in the order of the request.
  public var songs: [SpooledSong]
  /// Channels of the file. Mono lies in both channels; of more than two the first two are here.
  public var channels: Int
  /// Seconds of the file.
  public var seconds: Double
}

/// Reads recordings.
public enum SongSpooler {
  /// The longest recording that is read, in seconds.
  public static let longest = 7200.0

  /// Frames of a recording that are wanted at a rate.
  public struct Wish: Sendable {
    public var rate: Int
    public var frames: Range<Int>

    /// - Parameter frames: at `rate`; nil for all.
    public init(rate: Int, frames: Range<Int>? = nil) {
      self.rate = rate
      self.frames = frames ?? 0..<Int.max
    }
  }

  /// Reads `reader`, to the end unless all wishes are met before.
  ///
  /// - Throws: `AudioFailure` for damaged files and samples that are not finite;
  ///   ``ReferenceFailure`` (65) for recordings of more than ``longest`` seconds, or without samples.
  public static func spool(_ reader: AudioReader, _ wishes: [Wish]) throws -> SpooledAudio {
    let changes = try wishes.map {
      try RateChange(from: reader.sampleRate, to: $0.rate, wanted: $0.frames)
    }
    let channels = reader.channels
    let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: 8192 * channels)
    defer { block.deallocate() }
    let limit = Int(longest * Double(reader.sampleRate))
    var frames = 0
    while !changes.allSatisfy(\.isFull) {
      let count = try reader.read(into: block)
      if count == 0 { break }
      frames += count
      guard frames <= limit else {
        throw ReferenceFailure(
          .data, "'\(printable(reader.name))' is longer than \(Int(longest / 60)) minutes; cut it")
      }
      let stereo = [Float](unsafeUninitializedCapacity: 2 * count) { buffer, filled in
        for frame in 0..<count {
          buffer[2 * frame] = block[frame * channels]
          buffer[2 * frame + 1] = block[frame * channels + min(1, channels - 1)]
        }
        filled = 2 * count
      }
      for change in changes { try change.push(stereo) }
    }
    guard frames > 0 else {
      throw ReferenceFailure(.data, "'\(printable(reader.name))' holds no samples")
    }
    return SpooledAudio(
      songs: try changes.map { try $0.finish() }, channels: channels,
      seconds: Double(frames) / Double(reader.sampleRate))
  }
}
