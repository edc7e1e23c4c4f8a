import Hashing

/// SHA-256 over parts of a model.
///
/// Every part is preceded by its length, so that parts cannot run into each other.
struct ModelDigest: ~Copyable {
  /// Bytes of each tensor that are taken: enough to tell two trainings apart, little enough to start
  /// at once with a model of gigabytes.
  static let sample = 4096

  private let hash = SHA256()

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { hash.add($0) }
    hash.add(bytes)
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

  consuming func hexadecimal() -> String { hash.hexadecimal() }
}
