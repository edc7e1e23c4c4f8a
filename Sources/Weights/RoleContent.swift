import FoundationEssentials

/// Tells by its content what a file of a model is for.
enum RoleContent {
  /// The path in a `config.yaml` entry such as `Flow1dVAESeparate_./ckpt/model.safetensors`, whose
  /// first part names a class of the reference.
  static func pathOf(_ entry: String) -> String {
    guard entry.hasPrefix("Flow1dVAE"), let mark = entry.firstIndex(of: "_") else { return entry }
    return String(entry[entry.index(after: mark)...])
  }

  /// The folder part of a path; `.` for a file at the root.
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  /// Whether a name can be that of a file with this role.
  static func mayBe(_ role: ModelRole, _ path: String) -> Bool {
    switch role {
    case .lm, .codec, .codecMixed, .vae, .separator, .autoPrompts: !isText(path)
    case .vaeConfig: path.hasSuffix(".json")
    case .tokenizer: path == "vocab.json" || path.hasSuffix("/vocab.json")
    case .config, .lexicon: false
    }
  }

  /// Whether a name says that the file is text. Tensor files are called all sorts of things.
  private static func isText(_ path: String) -> Bool {
    [".json", ".jsonl", ".yaml", ".yml", ".txt", ".md", ".py", ".sha256"].contains {
      path.hasSuffix($0)
    }
  }

  /// Whether the content is that of a file with this role. A file that cannot be read is not.
  static func matches(
    _ role: ModelRole, _ path: String, in model: ModelDirectory
  ) throws(WeightsFailure) -> Bool {
    switch role {
    case .lm, .codec, .codecMixed, .vae, .separator:
      return self.role(ofTensors: names(path, model)) == role
    case .autoPrompts:
      return isAutoPrompts(path, model)
    case .tokenizer:
      return model.files.exists(folder(of: path) + "/merges.txt")
    case .vaeConfig:
      return isVAEConfig(path, model)
    case .config, .lexicon:
      return false
    }
  }

  /// The role of a file with these tensors.
  static func role(ofTensors names: [String]) -> ModelRole? {
    let names = Set(names)
    if names.contains("rvq_bestrq_bgm_emb.quantizers.0.codebook.weight") { return .codec }
    if names.contains("rvq_bestrq_emb.quantizers.0.codebook.weight") { return .codecMixed }
    if names.contains("decoder.layers.0.weight_v") { return .vae }
    if names.contains(where: { $0.hasPrefix("audiolm.") }) { return .lm }
    let isSeparator =
      names.contains { $0.hasPrefix("crosstransformer.") }
      && names.contains { $0.hasPrefix("tencoder.") }
    return isSeparator ? .separator : nil
  }

  /// Whether a file that torch wrote is the table style -> language -> token rows.
  static func isAutoPrompts(_ file: MappedFile) -> Bool {
    guard withExtendedLifetime(file, { TorchFile.begins(file.bytes) }),
      let torch = try? TorchFile(file), let styles = torch.root.entries, !styles.isEmpty
    else { return false }
    return styles.allSatisfy { style in
      guard let languages = style.value.entries, !languages.isEmpty else { return false }
      return languages.allSatisfy { language in
        language.value.items?.allSatisfy { $0.tensor?.type == .i64 } ?? false
      }
    }
  }

  private static func isAutoPrompts(_ path: String, _ model: ModelDirectory) -> Bool {
    guard let file = try? model.files.open(path) else { return false }
    return isAutoPrompts(file)
  }

  private static func names(_ path: String, _ model: ModelDirectory) -> [String] {
    (try? model.openIfTensors(path))?.names ?? []
  }

  private struct VAEConfig: Decodable {
    struct Model: Decodable {
      struct Part: Decodable {
        struct Layers: Decodable { let strides: [Int] }
        let config: Layers
      }
      let decoder: Part
    }
    let model: Model
  }

  private static func isVAEConfig(_ path: String, _ model: ModelDirectory) -> Bool {
    guard let file = try? model.files.open(path) else { return false }
    return isVAEConfig(file)
  }

  /// Whether a file is the layer table of an autoencoder.
  static func isVAEConfig(_ file: MappedFile) -> Bool {
    guard file.bytes.count <= 1 << 16 else { return false }
    return (try? JSONDecoder().decode(VAEConfig.self, from: Data(file.bytes))) != nil
  }
}
