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
    case .lm, .codec, .codecMixed, .vae, .separator:
      path.hasSuffix(".safetensors") || path.hasSuffix(".gguf")
    case .vaeConfig: path.hasSuffix(".json")
    case .tokenizer: path == "vocab.json" || path.hasSuffix("/vocab.json")
    case .config, .lexicon: false
    }
  }

  /// Whether the content is that of a file with this role. A file that cannot be read is not.
  static func matches(
    _ role: ModelRole, _ path: String, in model: ModelDirectory
  ) throws(WeightsFailure) -> Bool {
    switch role {
    case .lm:
      return names(path, model).contains { $0.hasPrefix("audiolm.") }
    case .codec:
      return names(path, model).contains("rvq_bestrq_bgm_emb.quantizers.0.codebook.weight")
    case .codecMixed:
      let names = names(path, model)
      return names.contains("rvq_bestrq_emb.quantizers.0.codebook.weight")
        && !names.contains("rvq_bestrq_bgm_emb.quantizers.0.codebook.weight")
    case .vae:
      return names(path, model).contains("decoder.layers.0.weight_v")
    case .separator:
      let names = names(path, model)
      return names.contains { $0.hasPrefix("crosstransformer.") }
        && names.contains { $0.hasPrefix("tencoder.") }
    case .tokenizer:
      return model.files.exists(folder(of: path) + "/merges.txt")
    case .vaeConfig:
      return isVAEConfig(path, model)
    case .config, .lexicon:
      return false
    }
  }

  private static func names(_ path: String, _ model: ModelDirectory) -> [String] {
    (try? model.open(path))?.names ?? []
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
    guard let file = try? model.files.open(path), file.bytes.count <= 1 << 16 else { return false }
    return (try? JSONDecoder().decode(VAEConfig.self, from: Data(file.bytes))) != nil
  }
}
