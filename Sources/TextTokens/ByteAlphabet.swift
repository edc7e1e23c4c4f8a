/// The alphabet of byte-level BPE: every byte has one printable character.
///
/// Bytes 33–126, 161–172 and 174–255 stand for themselves (as U+0021 …); the other 68 take U+0100,
/// U+0101, … in ascending order. The vocabulary and merges files are written in it.
package enum ByteAlphabet {
  /// The byte that a character stands for, indexed by its scalar value; -1 where there is none.
  private static let bytes: [Int16] = {
    var table = [Int16](repeating: -1, count: 0x144)
    var next = 0x100
    for byte in 0..<256 {
      switch byte {
      case 33...126, 161...172, 174...255:
        table[byte] = Int16(byte)
      default:
        table[next] = Int16(byte)
        next += 1
      }
    }
    return table
  }()

  /// The byte that `scalar` stands for.
  static func byte(of scalar: UInt32) -> UInt8? {
    guard scalar < 0x144, bytes[Int(scalar)] >= 0 else { return nil }
    return UInt8(truncatingIfNeeded: bytes[Int(scalar)])
  }

  /// The characters of some bytes, in UTF-8.
  static func text(of bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { characters[Int($0)] }
  }

  /// The character of a byte.
  package static func character(of byte: UInt8) -> String {
    String(decoding: characters[Int(byte)], as: UTF8.self)
  }

  private static let characters: [[UInt8]] = {
    var table = [[UInt8]](repeating: [], count: 256)
    for scalar: UInt32 in 0..<0x144 {
      guard let byte = byte(of: scalar), let character = Unicode.Scalar(scalar) else { continue }
      table[Int(byte)] = Array(String(character).utf8)
    }
    return table
  }()

  /// The bytes that a whole text stands for; nil if a character is not in the alphabet.
  static func bytes(of text: String) -> [UInt8]? {
    var result: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard let byte = byte(of: scalar.value) else { return nil }
      result.append(byte)
    }
    return result
  }
}
