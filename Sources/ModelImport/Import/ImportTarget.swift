import Hashing
public import Weights

/// Where an imported model goes: files under their paths, each written from its beginning to its end.
public protocol ImportTarget: AnyObject {
  /// Writes the file at `path`, relative to the model.
  func write(_ path: String, _ body: (inout any ByteSink) throws -> Void) throws
}

/// A sink that takes the SHA-256 of what goes through it.
struct HashingSink: ByteSink {
  var sink: any ByteSink
  let hash = SHA256()

  mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
    hash.add(bytes)
    try sink.write(bytes)
  }
}
