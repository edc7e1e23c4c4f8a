import CCrypto

/// SHA-256 over parts of a model (EVP_DigestInit_ex, EVP_DigestUpdate, EVP_DigestFinal_ex).
///
/// Every part is preceded by its length, so that parts cannot run into each other.
struct ModelDigest: ~Copyable {
  /// Bytes of each tensor that are taken: enough to tell two trainings apart, little enough to start
  /// at once with a model of gigabytes.
  static let sample = 4096

  private let context: OpaquePointer?

  init() {
    context = EVP_MD_CTX_new()
    EVP_DigestInit_ex(context, EVP_sha256(), nil)
  }

  deinit { EVP_MD_CTX_free(context) }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { length in
      _ = EVP_DigestUpdate(context, length.baseAddress, length.count)
    }
    if let start = bytes.baseAddress { EVP_DigestUpdate(context, start, bytes.count) }
  }

  mutating func add(_ text: String) {
    Array(text.utf8).withUnsafeBytes { add($0) }
  }

  /// All bytes of a file, which stays mapped while they are read.
  mutating func add(_ file: MappedFile) {
    withExtendedLifetime(file) { add(file.bytes) }
  }

  /// The header of a tensor file and the first bytes of each tensor.
  mutating func add(_ file: TensorFile) {
    if let header = file.gguf {
      add(UnsafeRawBufferPointer(rebasing: file.file.bytes.prefix(header.dataStart)))
    }
    for name in file.names {
      guard let view = file.view(name) else { continue }
      add(name)
      add(view.type.rawValue + view.shapeText)
      add(UnsafeRawBufferPointer(rebasing: view.bytes.prefix(Self.sample)))
    }
  }

  consuming func hexadecimal() -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    EVP_DigestFinal_ex(context, &bytes, &length)
    return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
