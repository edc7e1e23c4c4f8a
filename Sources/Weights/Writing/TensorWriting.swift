import Neural

/// Writes tensors that are had a stretch at a time.
public enum TensorWriting {
  /// A safetensors file.
  ///
  /// - Parameter progress: is told the bytes written so far.
  public static func safetensors(
    _ numbers: some TensorNumbers, metadata: [String: String], to sink: inout some ByteSink,
    progress: (Int) -> Void = { _ in }
  ) throws {
    let layout = try SafetensorsLayout(numbers.specs, metadata: metadata)
    try sink.write(layout.header)
    var written = layout.header.count
    for spec in layout.tensors {
      try stretches(of: spec, numbers) { bytes in
        try sink.write(bytes)
        written += bytes.count
        progress(written)
      }
    }
  }

  /// What `torch.load` reads.
  ///
  /// - Parameter key: the key under which the tensors lie; `nil` for a plain dictionary of them.
  public static func torch<Sink: ByteSink>(
    _ numbers: some TensorNumbers, under key: String?, to sink: inout Sink,
    progress: (Int) -> Void = { _ in }
  ) throws {
    var writer = try TorchArchiveWriter(numbers.specs, under: key, into: sink)
    var written = 0
    for spec in numbers.specs {
      try stretches(of: spec, numbers) { bytes in
        try writer.write(bytes)
        written += bytes.count
        progress(written)
      }
      try writer.endTensor()
    }
    try writer.finish()
    sink = writer.sink
  }

  /// The bytes of a tensor, a stretch after the other.
  private static func stretches(
    of spec: TensorSpec, _ numbers: some TensorNumbers,
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let count = spec.shape.reduce(1, *)
    let buffer = FloatBuffer(count: min(count, TensorStretch.elements))
    var bytes = [UInt8](repeating: 0, count: buffer.count * spec.type.size)
    try withExtendedLifetime(buffer) {
      for offset in stride(from: 0, to: count, by: TensorStretch.elements) {
        let size = min(TensorStretch.elements, count - offset)
        let part = UnsafeMutableBufferPointer(rebasing: buffer.elements[..<size])
        try numbers.fill(part, of: spec.name, at: offset)
        try bytes.withUnsafeMutableBytes { target in
          let target = UnsafeMutableRawBufferPointer(rebasing: target[..<(size * spec.type.size)])
          guard TensorEncoder.encode(UnsafeBufferPointer(part), as: spec.type, into: target) else {
            throw WeightsFailure.malformed(spec.name, "cannot be written as \(spec.type.rawValue)")
          }
          try body(UnsafeRawBufferPointer(target))
        }
      }
    }
  }
}
