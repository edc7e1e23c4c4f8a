import Diagnostics
import Glibc
public import Hashing

extension SHA256 {
  /// The digest of all that is in an open file, and how many bytes that is.
  ///
  /// - Throws: ``JournalFailure`` with status 74. Calls `pread(2)`.
  public static func file(
    _ descriptor: Int32, name: String
  ) throws(JournalFailure) -> (sha256: String, bytes: Int) {
    let digest = SHA256()
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var offset = 0
    while true {
      let count = chunk.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress, $0.count, off_t(offset))
      }
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw JournalFailure(.inputOutput, name, "read for the", errno) }
      if count == 0 { break }
      chunk.withUnsafeBytes { digest.add(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      offset += count
    }
    return (digest.hexadecimal(), offset)
  }
}
