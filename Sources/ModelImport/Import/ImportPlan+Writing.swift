import Weights

extension ImportPlan {
  /// Writes the model: a safetensors file per part, tensor by tensor, the files that are taken as they
  /// are, and the manifest.
  ///
  /// - Parameters:
  ///   - tool: the program and its version.
  ///   - step: told how many bytes of ``work`` were done.
  public func write(
    to output: any ImportTarget, tool: String, step: (Int) throws -> Void = { _ in }
  ) throws {
    var manifest = manifest
    var hashes: [String: String] = [:]
    var provenance = ModelManifest.Provenance(tool: tool, sources: [])
    for part in parts {
      let file = part.source.tensors.file
      provenance.sources.append(
        .init(
          role: part.role.rawValue, name: Self.lastName(file.name), bytes: file.bytes.count,
          sha256: try SHA256.hexadecimal(of: file, step: step)))
      let leftOut = part.source.tensors.names.count - part.names.count
      if leftOut > 0 { provenance.leftOut = (provenance.leftOut ?? [:]) }
      if leftOut > 0 { provenance.leftOut?[part.role.rawValue] = leftOut }
      hashes[part.target] = try write(part, to: output, step)
    }
    for copy in copies {
      let hash = try SHA256.hexadecimal(of: copy.source)
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
    _ part: Part, to output: any ImportTarget, _ step: (Int) throws -> Void
  ) throws -> String {
    let tensors = part.source.tensors
    let views = part.names.compactMap { tensors.view($0) }
    let layout = try SafetensorsLayout(
      views.map { TensorSpec($0) }, metadata: ["format": "pt", "role": part.role.rawValue])
    var digest = ""
    try output.write(part.target) { sink in
      var hashing = HashingSink(sink: sink)
      try hashing.write(layout.header)
      try withExtendedLifetime(tensors) {
        for spec in layout.tensors {
          guard let view = tensors.view(spec.name) else { continue }
          try tensors.file.walk(view.bytes) { bytes in
            try hashing.write(bytes)
            try step(bytes.count)
          }
        }
      }
      digest = hashing.hash.hexadecimal()
      sink = hashing.sink
    }
    return digest
  }

  private static func lastName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
