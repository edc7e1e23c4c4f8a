import LeLM
import MusicCodec
import TextTokens
public import Weights

/// A model as the files that LeVo2.cpp has: language model, flow network, autoencoder.
public struct GGUFModel {
  private let model: ModelDirectory
  private let precisions: [ModelRole: GGUFExport.Precision]
  /// What the files have no place for.
  public private(set) var left: [String] = []
  private var exports: [OutgoingFile] = []

  /// - Throws: `data` when tensors are missing, or packed, or the tokenizer is of another kind.
  public init(
    _ model: ModelDirectory, _ precisions: [ModelRole: GGUFExport.Precision]
  ) throws {
    self.model = model
    self.precisions = precisions
    try addLanguageModel()
    try addFlow()
    try addAutoencoder()
    for role in [ModelRole.codecMixed, .separator, .autoPrompts, .lexicon]
    where try model.path(role) != nil {
      left.append("the \(role.title)")
    }
    try addManifest()
  }

  /// The files.
  public func files() throws -> [OutgoingFile] { exports }

  private mutating func add(_ export: GGUFExport, _ path: String, _ role: ModelRole) {
    exports.append(OutgoingFile(path, .gguf(export)))
    guard let first = export.left.first else { return }
    let rest = export.left.count - 1
    left.append(
      "'\(first)'" + (rest > 0 ? " and \(rest) more tensors" : "") + " of the \(role.title)")
  }

  private mutating func addLanguageModel() throws {
    guard try model.path(.lm) != nil else { return }
    let files = try ["vocab.json", "merges.txt", "tokenizer_config.json"].map {
      try model.file(.tokenizer, $0)
    }
    let tokenizer = try withExtendedLifetime(files) {
      try Tokenizer(
        vocabulary: files[0].bytes, merges: files[1].bytes, configuration: files[2].bytes)
    }
    add(
      try .languageModel(
        model.tensors(.lm), config: LeLMConfig(model.config), tokenizer: tokenizer,
        merges: files[1].text(limit: 1 << 26),
        labels: model.config.strings("conditioners.description.QwTokenizer.add_token_list"),
        precision: precisions[.lm] ?? .f16, file: model.files.name), "lm.gguf", .lm)
  }

  private mutating func addFlow() throws {
    guard try model.path(.codec) != nil else { return }
    let tensors = try model.tensors(.codec)
    let heads =
      model.manifest?.flow?.heads ?? tensors.metadata["levo2.flow.n_head"].flatMap { Int($0) }
    let codebook = tensors.shape(of: "rvq_bestrq_emb.quantizers.0.codebook.weight") ?? []
    add(
      try .flow(
        tensors, shape: FlowShape(tensors, heads: heads), codes: codebook.first ?? 0,
        codeWidth: codebook.last ?? 0, precision: precisions[.codec] ?? .f32,
        file: model.files.name), "flow.gguf", .codec)
  }

  private mutating func addAutoencoder() throws {
    guard try model.path(.vae) != nil else { return }
    add(
      try .autoencoder(
        model.tensors(.vae), config: VAEConfig(model.file(.vaeConfig)),
        precision: precisions[.vae] ?? .f32, file: model.files.name), "vae.gguf", .vae)
  }

  /// What no GGUF key says, in a manifest of ours beside them.
  private mutating func addManifest() throws {
    guard var manifest = model.manifest else { return }
    manifest.files = nil
    manifest.sha256 = nil
    exports.append(OutgoingFile(ModelManifest.fileName, .bytes(try manifest.encoded())))
  }
}
