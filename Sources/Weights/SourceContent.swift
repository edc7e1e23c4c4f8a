/// What a file of a download is, told by its content.
public enum SourceContent: Sendable {
  /// Tensors of a part of a model.
  case tensors(ModelRole, TensorFile)
  /// Tensors of something else.
  case otherTensors
  /// `new_auto_prompt.pt`
  case autoPrompts
  /// The configuration of a language model.
  case config
  /// The list of section labels.
  case labels
  /// The layer table of the autoencoder.
  case vaeConfig
  /// What Git LFS puts in place of a file that was not fetched.
  case pointer
  /// Nothing that a model needs.
  case other

  /// - Throws: `data` for a file that begins as one of tensors does and cannot be read.
  public init(_ file: MappedFile) throws(WeightsFailure) {
    self = try withExtendedLifetime(file) { () throws(WeightsFailure) -> SourceContent in
      let bytes = file.bytes
      if bytes.starts(with: "version https://git-lfs".utf8) { return .pointer }
      if TensorFile.format(of: bytes) != nil {
        if RoleContent.isAutoPrompts(file) { return .autoPrompts }
        let tensors = try TensorFile(file)
        return RoleContent.role(ofTensors: tensors.names).map { .tensors($0, tensors) }
          ?? .otherTensors
      }
      guard bytes.count <= ConfigYAML.bytes else { return .other }
      let name = file.name
      if name.hasSuffix(".json") { return RoleContent.isVAEConfig(file) ? .vaeConfig : .other }
      guard name.hasSuffix(".yaml") || name.hasSuffix(".yml"),
        let text = try? file.text(limit: ConfigYAML.bytes),
        let value = try? ConfigYAML.parse(text, file: name)
      else { return .other }
      if value["lm"]?["dim"] != nil, value["conditioners"] != nil { return .config }
      if case .list(let items) = value, items.contains(.string("[verse]")) { return .labels }
      return .other
    }
  }
}
