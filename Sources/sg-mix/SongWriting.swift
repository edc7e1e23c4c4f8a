import AudioIO
import Mixing
import ToolSupport

extension Mastering {
  /// Writes the programme to an audio file, which the caller commits.
  ///
  /// - Parameters:
  ///   - seed: Of the dither.
  ///   - tell: Told how many frames are written.
  func write(
    to file: OutputFile, format: AudioFileFormat, rate: Int, tags: AudioTags, seed: UInt64,
    tell: (Int) -> Void
  ) throws {
    let writer = try AudioWriter(
      descriptor: file.descriptor, name: file.name, format: format, sampleRate: rate, channels: 2,
      tags: tags)
    var player = player()
    var frames = 0
    switch format.sample {
    case .integer(let bits):
      var dither = Dither(bits: bits, seed: seed)
      while let samples = try player.next() {
        let integers = samples.withUnsafeBufferPointer { dither.quantise($0) }
        try integers.withUnsafeBufferPointer { try writer.write(integers: $0) }
        frames += samples.count / 2
        tell(frames)
      }
    case .float, .lossy:
      while let samples = try player.next() {
        try samples.withUnsafeBufferPointer { try writer.write($0) }
        frames += samples.count / 2
        tell(frames)
      }
    }
    try writer.finish()
  }

  /// Writes the programme as AU.
  func writeAU(to file: OutputFile, rate: Int, frames: Int) throws {
    try put(AUHeader.bytes(sampleRate: rate, channels: 2, frames: frames), to: file)
    var player = player()
    while let samples = try player.next() {
      try put(samples.withUnsafeBufferPointer { AUHeader.bytes($0) }, to: file)
    }
  }

  private func put(_ bytes: [UInt8], to file: OutputFile) throws {
    try bytes.withUnsafeBytes { try file.write($0) }
  }
}
