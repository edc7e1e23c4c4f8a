import CCrypto
import Diagnostics
import Glibc

/// SHA-256 (EVP_DigestInit_ex, EVP_DigestUpdate, EVP_DigestFinal_ex).
public struct Digest: ~Copyable {
  private let context: OpaquePointer?

  public init() {
    context = EVP_MD_CTX_new()
    EVP_DigestInit_ex(context, EVP_sha256(), nil)
  }

  deinit { EVP_MD_CTX_free(context) }

  public mutating func add(_ bytes: UnsafeRawBufferPointer) {
    if let start = bytes.baseAddress { EVP_DigestUpdate(context, start, bytes.count) }
  }

  public consuming func hexadecimal() -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    EVP_DigestFinal_ex(context, &bytes, &length)
    return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The digest of all that is in an open file, and how much that is.
  ///
  /// - Throws: ``JournalFailure`` with status 74. Calls `pread(2)`.
  public static func file(
    _ descriptor: Int32, name: String
  ) throws(JournalFailure) -> (sha256: String, bytes: Int) {
    var digest = Digest()
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
