import AudioIO
import Diagnostics
import Mixing
import SongStream
import ToolSupport

/// A stem that is written beside the song as it came: in wav 32-bit floats, else what the format has.
final class StemKeeper {
  let track: Int
  private let file: OutputFile
  private let writer: AudioWriter
  private var dither: Dither?

  init(_ track: Int, of header: SongHeader, path: String, tags: AudioTags) throws {
    self.track = track
    let stem = header.tracks[track]
    guard stem.rate.denominator == 1, (1...2).contains(stem.elements) else {
      throw ToolFailure(.data, "stem '\(stem.name)' cannot be kept: it is not mono or stereo")
    }
    file = try OutputFile(path)
    var tags = tags
    tags.title = tags.title.map { "\($0) (\(stem.name))" }
    var format = try AudioFileFormat(path: path, bits: nil)
    if format.kind == .wav { format = try AudioFileFormat(.wav, bits: 32) }
    try format.check(sampleRate: stem.rate.numerator)
    if case .integer(let bits) = format.sample {
      dither = Dither(bits: bits, seed: (header.seed ?? 0) &+ UInt64(track) &+ 1)
    }
    writer = try AudioWriter(
      descriptor: file.descriptor, name: file.name, format: format,
      sampleRate: stem.rate.numerator, channels: stem.elements, tags: tags)
  }

  func take(_ samples: [Float]) throws {
    try samples.withUnsafeBufferPointer { samples in
      if let integers = dither?.quantise(samples) {
        try integers.withUnsafeBufferPointer { try writer.write(integers: $0) }
      } else {
        try writer.write(samples)
      }
    }
  }

  func finish() throws { try writer.finish() }

  func commit() throws { try file.commit() }
}
