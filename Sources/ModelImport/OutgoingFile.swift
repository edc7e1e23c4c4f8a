public import Weights

/// A file of a model that is about to be written.
public struct OutgoingFile {
  /// Writes everything; is given a sink and told of progress in bytes.
  enum Content {
    case bytes([UInt8])
    case safetensors(any TensorNumbers, metadata: [String: String])
    case torch(any TensorNumbers, key: String?)
    case gguf(GGUFExport)
  }

  /// Below the model's directory.
  public let path: String
  let content: Content

  init(_ path: String, _ content: Content) {
    self.path = path
    self.content = content
  }

  init(_ path: String, text: String) {
    self.init(path, .bytes(Array(text.utf8)))
  }

  /// About how many bytes the file has.
  public var size: Int {
    switch content {
    case .bytes(let bytes): bytes.count
    case .safetensors(let numbers, _), .torch(let numbers, _):
      numbers.specs.reduce(0) { $0 + ($1.byteCount ?? 0) }
    case .gguf(let export): export.fileSize
    }
  }

  /// Writes the file.
  ///
  /// - Parameter progress: is told the bytes written so far.
  public func write(to sink: inout some ByteSink, progress: (Int) -> Void = { _ in }) throws {
    switch content {
    case .bytes(let bytes): try sink.write(bytes)
    case .safetensors(let numbers, let metadata):
      try TensorWriting.safetensors(numbers, metadata: metadata, to: &sink, progress: progress)
    case .torch(let numbers, let key):
      try TensorWriting.torch(numbers, under: key, to: &sink, progress: progress)
    case .gguf(let export): try export.write(to: &sink, progress: progress)
    }
  }
}
