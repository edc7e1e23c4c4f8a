import MusicCodec
import TextTokens
import Weights

/// A whole model of random weights, with the sizes of a published one.
public struct FakeModel {
  /// How its tensors are put down.
  public enum Format: String, Sendable, CaseIterable {
    /// As the official download has them: a torch archive for the language model, the autoencoder and
    /// the separator, safetensors for the codecs.
    case torch
    /// All of them safetensors.
    case safetensors
    /// As LeVo2.cpp has them; what it has no place for is left out.
    case gguf
  }

  /// What can be asked for alone.
  public enum Part: String, Sendable, CaseIterable {
    case lm
    case codec
    case vae
    case separator
    case tokenizer
  }

  private let family: FakeFamily
  private let seed: UInt64
  private let format: Format
  private let parts: Set<Part>

  /// - Parameter parts: which to make; all of them if none is given.
  public init(_ family: FakeFamily, seed: UInt64, format: Format, parts: Set<Part> = []) {
    self.family = family
    self.seed = seed
    self.format = format
    self.parts = parts.isEmpty ? Set(Part.allCases) : parts
  }

  /// The files, small ones first.
  public func files() throws -> [OutgoingFile] {
    var files: [OutgoingFile] = []
    let tokenizer = FakeTokenizer(size: family.vocabulary)
    if format != .gguf {
      files.append(OutgoingFile("config.yaml", text: FakeText.config(family, paths: paths)))
      files.append(OutgoingFile("conf/vocab.yaml", text: FakeText.vocabulary))
      if parts.contains(.vae) {
        files.append(OutgoingFile(paths.layerTable, text: FakeText.layerTable(family)))
      }
      if parts.contains(.tokenizer) {
        files += [
          OutgoingFile("tokenizer/vocab.json", text: tokenizer.vocabulary),
          OutgoingFile("tokenizer/merges.txt", text: tokenizer.merges),
          OutgoingFile("tokenizer/tokenizer_config.json", text: tokenizer.configuration),
        ]
      }
    }
    if let manifest { files.append(OutgoingFile(ModelManifest.fileName, .bytes(manifest))) }
    if parts.contains(.lm) { files.append(try languageModel(tokenizer)) }
    if parts.contains(.codec) { files += try codecs() }
    if parts.contains(.vae) { files.append(try autoencoder()) }
    if parts.contains(.separator), format != .gguf { files.append(try separator()) }
    return files
  }

  private var paths: FakePaths {
    switch format {
    case .torch:
      FakePaths(
        lm: "model.pt", codec: "ckpt/model_septoken/model_2.safetensors",
        codecMixed: "ckpt/model_1rvq/model_2_fixed.safetensors",
        vae: "ckpt/vae/autoencoder_music_1320k.ckpt",
        layerTable: "ckpt/vae/stable_audio_1920_vae.json", separator: "demucs/htdemucs.pth")
    case .safetensors:
      FakePaths(
        lm: "lm.safetensors", codec: "codec.safetensors", codecMixed: "codec-1rvq.safetensors",
        vae: "vae.safetensors", layerTable: "vae.json", separator: "separator.safetensors")
    case .gguf:
      FakePaths(
        lm: "lm.gguf", codec: "flow.gguf", codecMixed: "", vae: "vae.gguf", layerTable: "",
        separator: "")
    }
  }

  /// `sg-model.json`; an official download has none, so it is there only where it says something that
  /// no other file does.
  private var manifest: [UInt8]? {
    if format == .torch, family.silentCodes == nil { return nil }
    var manifest = ModelManifest()
    manifest.name = "fake-" + family.rawValue
    manifest.toy = true
    manifest.silentCodes = family.silentCodes
    if let heads = family.flowHeads {
      manifest.flow = ModelManifest.Flow()
      manifest.flow?.heads = heads
      manifest.separator = ModelManifest.Separator()
      manifest.separator?.heads = heads
    }
    return try? manifest.encoded()
  }

  private func numbers(_ inventory: Inventory, _ type: TensorType = .f32) -> FakeNumbers {
    FakeNumbers(inventory, seed: seed, type: type)
  }

  private func file(_ path: String, _ numbers: FakeNumbers, key: String? = nil) -> OutgoingFile {
    let isTorch = format == .torch && !path.hasSuffix(".safetensors")
    return OutgoingFile(
      path, isTorch ? .torch(numbers, key: key) : .safetensors(numbers, metadata: [:]))
  }

  private func languageModel(_ tokenizer: FakeTokenizer) throws -> OutgoingFile {
    let config = family.languageModel
    let numbers = numbers(
      .languageModel(
        config, lyricsRows: family.lyricsRows, styleRows: family.styleRows, structureRows: 200),
      .bf16)
    guard format == .gguf else { return file(paths.lm, numbers) }
    return OutgoingFile(
      paths.lm,
      .gguf(
        try .languageModel(
          numbers, config: config,
          tokenizer: Tokenizer(
            vocabulary: Array(tokenizer.vocabulary.utf8), merges: Array(tokenizer.merges.utf8),
            configuration: Array(tokenizer.configuration.utf8)),
          merges: tokenizer.merges, labels: FakeText.labels, precision: .f16, file: paths.lm)))
  }

  private func codecs() throws -> [OutgoingFile] {
    let sizes = family.codec(tracks: 2)
    let numbers = numbers(try .codec(FakeShapes(sizes), role: .codec))
    guard format == .gguf else {
      let mixed = FakeShapes(family.codec(tracks: 1))
      return [
        file(paths.codec, numbers),
        file(paths.codecMixed, self.numbers(try .codec(mixed, role: .codecMixed))),
      ]
    }
    return [
      OutgoingFile(
        paths.codec,
        .gguf(
          try .flow(
            numbers, shape: FlowShape(numbers, heads: family.flowHeads), codes: sizes.codes,
            codeWidth: sizes.codeWidth, precision: .f32, file: paths.codec)))
    ]
  }

  private func autoencoder() throws -> OutgoingFile {
    let numbers = numbers(.autoencoder(family.autoencoder))
    guard format == .gguf else { return file(paths.vae, numbers, key: "state_dict") }
    return OutgoingFile(
      paths.vae,
      .gguf(
        try .autoencoder(numbers, config: family.autoencoder, precision: .f32, file: paths.vae)))
  }

  private func separator() throws -> OutgoingFile {
    let (channels, bottom) = family.separator
    let shapes = FakeShapes(separator: channels, bottom: bottom)
    return file(paths.separator, numbers(try .separator(shapes)))
  }
}
