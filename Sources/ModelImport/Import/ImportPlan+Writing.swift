import Hashing
public import Neural
import Weights

extension ImportPlan {
  /// Writes the model: a safetensors file per part, tensor by tensor, the files that are taken as they
  /// are, and the manifest.
  ///
  /// - Parameters:
  ///   - tool: the program and its version.
  ///   - pool: threads that pack matrices.
  ///   - rounding: told of each tensor whose numbers changed.
  ///   - step: told how many bytes of ``work`` were done.
  public func write(
    to output: any ImportTarget, tool: String, pool: ThreadPool = ThreadPool(threads: 1),
    rounding: @escaping (RoundingError) -> Void = { _ in },
    step: (Int) throws -> Void = { _ in }
  ) throws {
    var manifest = manifest
    var hashes: [String: String] = [:]
    var provenance = ModelManifest.Provenance(tool: tool, sources: [])
    for part in parts {
      let file = part.source.tensors.file
      provenance.sources.append(
        .init(
          role: part.role.rawValue, name: Self.lastName(file.name), bytes: file.bytes.count,
          sha256: try Self.digest(of: file, step)))
      let leftOut = part.source.tensors.names.count - part.names.count
      if leftOut > 0 { provenance.leftOut = (provenance.leftOut ?? [:]) }
      if leftOut > 0 { provenance.leftOut?[part.role.rawValue] = leftOut }
      hashes[part.target] = try write(part, to: output, pool, rounding, step)
    }
    for copy in copies {
      let hash = try Self.digest(of: copy.source)
      if copy.isSource {
        provenance.sources.append(
          .init(
            role: copy.role.rawValue, name: Self.lastName(copy.source.name),
            bytes: copy.source.bytes.count, sha256: hash))
      }
      hashes[copy.target] = hash
      try output.write(copy.target) { sink in
        try withExtendedLifetime(copy.source) { try sink.write(copy.source.bytes) }
      }
    }
    manifest.provenance = provenance
    manifest.sha256 = hashes
    let bytes = try manifest.encoded()
    try output.write(ModelManifest.fileName) { try $0.write(bytes) }
  }

  private func write(
    _ part: Part, to output: any ImportTarget, _ pool: ThreadPool,
    _ rounding: @escaping (RoundingError) -> Void, _ step: (Int) throws -> Void
  ) throws -> String {
    let rewrite = part.rewrite(pool: pool, report: rounding)
    var digest = ""
    try output.write(part.target) { sink in
      var hashing = HashingSink(sink: sink)
      try rewrite.write(
        metadata: ["format": "pt", "role": part.role.rawValue], to: &hashing, step: step)
      digest = hashing.hash.hexadecimal()
      sink = hashing.sink
    }
    return digest
  }

  /// The SHA-256 of a source, whose own checksums are compared on the same way.
  private static func digest(
    of file: MappedFile, _ step: (Int) throws -> Void = { _ in }
  ) throws -> String {
    var checksums = try TorchChecksums(file)
    let hash = SHA256()
    try file.walk { part in
      hash.add(part)
      checksums?.add(part)
      try step(part.count)
    }
    try checksums?.check()
    return hash.hexadecimal()
  }

  private static func lastName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

extension ImportPlan.Part {
  /// The tensors on their way into the model's file.
  func rewrite(
    pool: ThreadPool, report: @escaping (RoundingError) -> Void
  ) -> TensorRewrite {
    TensorRewrite(source.tensors, names, role, precision, pool: pool, report: report)
  }

  /// What is written.
  var rewritten: [TensorSpec] {
    TensorRewrite.specs(source.tensors, names, role, precision)
  }
}
