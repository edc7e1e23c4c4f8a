/// The header of an AU file with 32-bit floats, for audio on a pipe.
///
/// 28 bytes: magic, data offset, data size, encoding 6, rate, channels, and four zero bytes of
/// annotation, without which some readers complain. All numbers, the samples too, are big-endian.
public enum AUHeader {
  /// The header bytes.
  ///
  /// - Parameter frames: nil when not known yet; the size is then all ones.
  public static func bytes(sampleRate: Int, channels: Int, frames: Int?) -> [UInt8] {
    var size = UInt32.max
    if let frames, let exact = UInt32(exactly: frames * channels * 4) { size = exact }
    let words: [UInt32] = [
      0x2E73_6E64, 28, size, 6, UInt32(clamping: sampleRate), UInt32(clamping: channels), 0,
    ]
    return words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) }
    }
  }

  /// The bytes of interleaved samples.
  public static func bytes(_ samples: UnsafeBufferPointer<Float>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: samples.count * 4) { buffer, count in
      for (index, sample) in samples.enumerated() {
        UnsafeMutableRawBufferPointer(buffer).storeBytes(
          of: sample.bitPattern.bigEndian, toByteOffset: index * 4, as: UInt32.self)
      }
      count = samples.count * 4
    }
  }
}
