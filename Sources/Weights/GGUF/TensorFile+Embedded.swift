extension TensorFile {
  /// What a GGUF file of a language model says in place of `config.yaml`; `nil` for other files.
  public func embeddedConfig() throws(WeightsFailure) -> ModelConfig? {
    try withExtendedLifetime(file) { () throws(WeightsFailure) -> ModelConfig? in
      guard let gguf, (try? gguf.part(file.name)) == .languageModel else { return nil }
      return try gguf.config(file: file.name)
    }
  }

  /// What a GGUF file holds in place of a file of its model: a file of the tokenizer, the layer table.
  ///
  /// - Parameter name: of a file in the role's folder.
  public func embeddedFile(
    _ role: ModelRole, _ name: String? = nil
  ) throws(WeightsFailure) -> MappedFile? {
    let bytes = try withExtendedLifetime(file) { () throws(WeightsFailure) -> [UInt8]? in
      guard let gguf else { return nil }
      switch (role, try gguf.part(file.name)) {
      case (.vaeConfig, .autoencoder): return try gguf.layerTable(file: file.name)
      case (.tokenizer, .languageModel):
        return try GGUFVocabulary(gguf, file: file.name).file(name ?? "")
      default: return nil
      }
    }
    return bytes.map { MappedFile(name: name ?? file.name, copying: $0) }
  }
}
