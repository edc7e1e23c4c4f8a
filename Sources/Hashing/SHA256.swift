import CCrypto

/// SHA-256 (FIPS 180-4) over some bytes (EVP_DigestInit_ex, EVP_DigestUpdate, EVP_DigestFinal_ex).
public final class SHA256 {
  private let context = EVP_MD_CTX_new()

  public init() { EVP_DigestInit_ex(context, EVP_sha256(), nil) }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds bytes to those that were added before.
  public func add(_ bytes: UnsafeRawBufferPointer) {
    if let start = bytes.baseAddress { EVP_DigestUpdate(context, start, bytes.count) }
  }

  /// The digest of what was added, in hexadecimal; nothing may be added after it.
  public func hexadecimal() -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    EVP_DigestFinal_ex(context, &bytes, &length)
    return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
