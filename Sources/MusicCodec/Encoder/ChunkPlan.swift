import Diagnostics

/// How a recording is laid out for the encoder: normalised, repeated, in chunks of 40 s that know nothing
/// of each other (the reference's `sound2code`).
struct ChunkPlan {
  /// Samples of a chunk at 48 kHz.
  static let size = 1_920_000
  /// Samples of a code.
  static let codeSamples = 1920
  static let chunkCodes = size / codeSamples

  let recording: Recording
  /// Samples that count; after them the recording begins anew.
  let length: Int
  /// The recording's largest |x|; above 0.8 it is brought down to that.
  let peak: Float
  let referenceQuirks: Bool

  /// Codes of `samples`: as the reference computes them, one more than whole frames.
  static func codes(_ samples: Int) -> Int { Int(Double(samples) / 48_000 * 25) + 1 }

  var codes: Int { Self.codes(length) }

  /// Chunks that codes are taken of.
  var chunks: Int { (codes + Self.chunkCodes - 1) / Self.chunkCodes }

  /// Codes after which a chunk repeats itself, if that is a whole number.
  var period: Int? {
    guard length % Self.codeSamples == 0, length < Self.size, !isFolded else { return nil }
    return length / Self.codeSamples
  }

  /// Whether a mono recording is taken as the reference does by oversight: two chunks of it, one after
  /// the other, for two channels. From 40 s on the reference fails over it, or loses its end.
  private var isFolded: Bool {
    referenceQuirks && recording.channels == 1 && length < Self.size
  }

  /// Chunk `index` at 48 kHz, its channels averaged.
  func mono(_ index: Int) throws(CodecFailure) -> [Float] {
    let start = index * Self.size
    let first = try samples(start..<start + Self.size)
    if isFolded {
      let second = try samples(Self.size..<2 * Self.size)
      return zip(first, second).map { ($0 + $1) / 2 }
    }
    guard recording.channels == 2 else { return first }
    return [Float](unsafeUninitializedCapacity: Self.size) { buffer, initialised in
      for frame in 0..<Self.size {
        buffer.initializeElement(at: frame, to: (first[2 * frame] + first[2 * frame + 1]) / 2)
      }
      initialised = Self.size
    }
  }

  /// Frames of the recording, normalised and repeated for ever, interleaved.
  private func samples(_ range: Range<Int>) throws(CodecFailure) -> [Float] {
    var samples = try recording.readRepeated(range, period: length)
    if peak > 0.8 {
      let divisor = peak / 0.8
      for index in samples.indices { samples[index] /= divisor }
    }
    return samples
  }
}
