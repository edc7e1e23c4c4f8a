import Diagnostics
import LeLM
import MusicCodec
import TextTokens
import Weights

/// Plans an import: checks the files of a download against what the networks need.
public struct ModelImporter {
  private let sources: SourceFiles
  private let options: ImportOptions
  private var plan = ImportPlan()

  private init(_ sources: SourceFiles, _ options: ImportOptions) {
    self.sources = sources
    self.options = options
  }

  /// - Throws: `data` when a tensor is missing or has another shape, `configuration` when files do not
  ///   fit together, `unavailable` when there is nothing to import.
  public static func plan(
    _ sources: SourceFiles, _ options: ImportOptions = ImportOptions()
  ) throws -> ImportPlan {
    var importer = ModelImporter(sources, options)
    importer.plan.manifest = sources.manifest ?? ModelManifest()
    importer.plan.manifest.files = [:]
    importer.plan.manifest.name = options.name ?? sources.manifest?.name
    try importer.addLanguageModel()
    try importer.addCodecs()
    try importer.addAutoencoder()
    try importer.addSeparator()
    try importer.addAutoPrompts()
    importer.addLicence()
    guard !importer.plan.parts.isEmpty || !importer.plan.copies.isEmpty else {
      throw sources.problems.first
        ?? WeightsFailure(.unavailable, "nothing that belongs to a model was found there")
    }
    importer.plan.warnings += sources.problems.map(\.description)
    return importer.plan
  }

  // MARK: Parts

  private mutating func addLanguageModel() throws {
    guard let source = try one(.lm) else { return }
    let embedded = try source.tensors.embeddedConfig().map {
      MappedFile(name: "config.yaml", copying: Array($0.root.yaml.utf8))
    }
    let published = try one(sources.configs, near: source.path, "configurations")
    guard let file = published ?? embedded else {
      throw WeightsFailure(
        .unavailable,
        "\(printable(source.path)): there is no config.yaml for this language model; "
          + "give the folder that it was published in")
    }
    var loaded: [(path: String, file: MappedFile)] = []
    let labels = sources.labels.first ?? Self.officialLabels
    if sources.labels.isEmpty, source.tensors.format != .gguf {
      plan.notes.append("no list of section labels was found; the 13 official ones are written")
    }
    let raw = try ModelConfig(file) { (path: String) throws(WeightsFailure) in
      loaded.append((path, labels))
      return labels
    }
    let config = try LeLMConfig(raw)
    let download = try one(sources.tokenizers, "tokenizers")
    let tokenizer = try download ?? Self.embeddedTokenizer(source.tensors)
    var rows = 1
    if let tokenizer {
      rows = try Tokenizer(
        vocabulary: tokenizer[0].bytes, merges: tokenizer[1].bytes,
        configuration: tokenizer[2].bytes
      ).rows
    } else {
      plan.missing.append(
        "tokenizer (vocab.json, merges.txt, tokenizer_config.json of Qwen2-7B): no lyrics without it"
      )
    }
    let labelCount = (try? raw.strings("conditioners.description.QwTokenizer.add_token_list"))?
      .count
    let sections = "audiolm.condition_provider.conditioners.description.structure_emb.weight"
    let inventory = Inventory.languageModel(
      config, lyricsRows: rows + (tokenizer == nil ? 0 : labelCount ?? 0), styleRows: rows,
      structureRows: min(200, max(14, source.tensors.shape(of: sections)?.first ?? 0)))
    try add(source, .lm, inventory, "lm.safetensors")
    copy(.config, file, "config.yaml", isSource: published != nil)
    for (path, file) in loaded {
      guard let target = ModelPath(path)?.string else { continue }
      plan.copies.append(
        .init(
          role: .config, source: file, target: target, isSource: !sources.labels.isEmpty))
    }
    for (name, file) in zip(SourceFiles.tokenizerFiles, tokenizer ?? []) {
      copy(.tokenizer, file, "tokenizer/" + name, as: "tokenizer", isSource: download != nil)
    }
    decideVersion(source, rows: tokenizer == nil ? nil : rows)
    plan.manifest.dimensions = [
      "width": config.main.width, "feedForward": config.main.feedForward,
      "heads": config.main.heads, "layers": config.main.layers, "layersSub": config.sub.layers,
      "codes": config.codeSize, "frames": config.maxFrames, "prefix": config.prefixLength,
    ]
  }

  private mutating func decideVersion(_ source: SourceFiles.Part, rows: Int?) {
    let name = "audiolm.condition_provider.conditioners.type_info.output_proj.weight"
    let styleRows = source.tensors.shape(of: name)?.first ?? 0
    if let version = options.requestVersion {
      plan.manifest.requestVersion = version
      plan.notes.append("request version \(version), as you say")
    } else if let version = sources.manifest?.requestVersion {
      plan.notes.append("request version \(version), as the source's sg-model.json says")
    } else if let rows {
      let isSecond = styleRows >= rows + 6
      plan.manifest.requestVersion = isSecond ? "v2" : "v1"
      plan.notes.append(
        "request version \(isSecond ? "v2" : "v1"): the style table has \(styleRows) rows, "
          + (isSecond
            ? "room for the 6 quality tags after the tokenizer's \(rows) ids; if the model is called v1, "
              + "say --request-version v1"
            : "none for quality tags after the tokenizer's \(rows) ids"))
    } else {
      plan.warnings.append(
        "the request version cannot be told without the tokenizer; say --request-version v1 or v2")
    }
  }

  private mutating func addCodecs() throws {
    if let source = try one(.codec) {
      try add(source, .codec, .codec(source.tensors, role: .codec), "codec.safetensors")
      // A GGUF file says what no tensor shows.
      if plan.manifest.flow?.heads == nil,
        let heads = source.tensors.metadata["levo2.flow.n_head"].flatMap({ Int($0) })
      {
        var flow = plan.manifest.flow ?? ModelManifest.Flow()
        flow.heads = heads
        plan.manifest.flow = flow
      }
      if let count = try? source.tensors.array("normfeat.counts").first, count < 100_000 {
        plan.warnings.append(
          "\(printable(source.path)): 'normfeat.counts' is \(count), below 100000: these are the "
            + "statistics of a training that had hardly begun")
      }
    }
    if let source = try one(.codecMixed) {
      try add(
        source, .codecMixed, .codec(source.tensors, role: .codecMixed), "codec-mixed.safetensors")
    }
  }

  private mutating func addAutoencoder() throws {
    let published = try one(sources.vaeConfigs, near: "", "layer tables of an autoencoder")
    guard let source = try one(.vae) else { return }
    guard let table = try published ?? source.tensors.embeddedFile(.vaeConfig) else {
      throw WeightsFailure(
        .unavailable,
        "\(printable(source.path)): the layer table of this autoencoder (a JSON file) is missing")
    }
    try add(source, .vae, .autoencoder(VAEConfig(table)), "vae.safetensors")
    copy(.vaeConfig, table, "vae.json", isSource: published != nil)
  }

  private mutating func addSeparator() throws {
    guard let source = try one(.separator) else { return }
    try add(source, .separator, .separator(source.tensors), "separator.safetensors")
  }

  private mutating func addAutoPrompts() throws {
    guard options.wants(.autoPrompts) else { return }
    guard let file = try one(sources.autoPrompts, near: "", "tables of automatic prompts") else {
      plan.missing.append("automatic prompts (new_auto_prompt.pt): no prompt by style name")
      return
    }
    copy(.autoPrompts, file, "auto-prompts.pt")
  }

  private mutating func addLicence() {
    if let file = sources.licences.first, let text = try? file.text(limit: 1 << 17) {
      plan.manifest.licence = text
      plan.notes.append("licence text: \(printable(file.name))")
    } else if plan.manifest.licence == nil {
      plan.warnings.append(
        "no licence lies beside the weights; that of the official ones allows academic, research and "
          + "education use only")
    }
  }

  // MARK: Choosing

  /// The only file of a role; `nil`, and a word on it, when there is none.
  private mutating func one(_ role: ModelRole) throws -> SourceFiles.Part? {
    guard options.wants(role) else { return nil }
    let found = sources.parts[role] ?? []
    guard let first = found.first else {
      plan.missing.append("\(role.title): \(Self.purpose(role))")
      return nil
    }
    guard found.count == 1 else {
      throw Self.several(found.map(\.path), "are both a \(role.title)")
    }
    return first
  }

  /// The tokenizer inside a GGUF file.
  private static func embeddedTokenizer(_ tensors: TensorFile) throws -> [MappedFile]? {
    var files: [MappedFile] = []
    for name in SourceFiles.tokenizerFiles {
      guard let file = try tensors.embeddedFile(.tokenizer, name) else { return nil }
      files.append(file)
    }
    return files
  }

  private func one(
    _ files: [MappedFile], near path: String, _ what: String
  ) throws -> MappedFile? {
    guard files.count > 1 else { return files.first }
    let near = files.filter { Self.folder($0.name) == Self.folder(path) }
    guard near.count == 1 else { throw Self.several(files.map(\.name), "are both \(what)") }
    return near[0]
  }

  /// The tokenizer; several are fine if they are the same.
  private func one(_ found: [[MappedFile]], _ what: String) throws -> [MappedFile]? {
    guard let first = found.first else { return nil }
    for other in found.dropFirst() {
      for (a, b) in zip(first, other) where !a.bytes.elementsEqual(b.bytes) {
        throw Self.several([a.name, b.name], "belong to different \(what)")
      }
    }
    return first
  }

  private static func several(_ paths: [String], _ what: String) -> WeightsFailure {
    let both = paths.prefix(2).map { "'\(printable($0))'" }.joined(separator: " and ")
    return WeightsFailure(
      .configuration, "\(both) \(what); give the folder of the one that you want")
  }

  private static func folder(_ path: String) -> Substring {
    path.lastIndex(of: "/").map { path[..<$0] } ?? ""
  }

  private static func purpose(_ role: ModelRole) -> String {
    switch role {
    case .lm: "no tokens without it (sg-lm)"
    case .codec: "no sound and no vocal and accompaniment tokens of a reference without it"
    case .codecMixed: "no mixed tokens of a reference without it (sg-encode)"
    case .vae: "no sound without it (sg-decode)"
    default: "a reference cannot be taken apart without it (sg-encode)"
    }
  }

  // MARK: Adding

  private mutating func add(
    _ source: SourceFiles.Part, _ role: ModelRole, _ inventory: Inventory, _ target: String
  ) throws {
    let report = inventory.check(source.tensors)
    guard report.isWhole else {
      let count = report.missing.count
      let list = report.missing.prefix(8).map { "\n  '\($0.name)' \($0.text)" }.joined()
      throw WeightsFailure(
        .data,
        "\(printable(source.path)): \(count) tensor\(count == 1 ? "" : "s") of the \(role.title) "
          + "cannot be used:" + list + (count > 8 ? "\n  and \(count - 8) more" : ""))
    }
    if let first = report.missingReference.first {
      plan.warnings.append(
        "\(printable(source.path)): cannot read reference audio: '\(first.name)' \(first.text)"
          + (report.missingReference.count > 1
            ? " (and \(report.missingReference.count - 1) more)" : ""))
    }
    if !report.unknown.isEmpty {
      let names = report.unknown.prefix(3).map { "'\(printable($0))'" }.joined(separator: ", ")
      plan.warnings.append(
        "\(printable(source.path)): \(report.unknown.count) tensors are not known and are "
          + (options.keepsUnused ? "kept: " : "left out: ") + names)
    }
    let names = options.keepsUnused ? source.tensors.names : report.used
    plan.parts.append(
      .init(
        role: role, source: source, target: target, names: names, report: report,
        precision: options.precisions[role]))
    plan.manifest.files?[role.rawValue] = target
  }

  private mutating func copy(
    _ role: ModelRole, _ file: MappedFile, _ target: String, as path: String? = nil,
    isSource: Bool = true
  ) {
    plan.copies.append(.init(role: role, source: file, target: target, isSource: isSource))
    plan.manifest.files?[role.rawValue] = path ?? target
  }

  /// The section labels of the official models, in the order of their ids.
  private static var officialLabels: MappedFile {
    let lengths = ["short", "medium", "long"]
    let labels =
      ["verse", "chorus", "bridge"]
      + ["intro", "outro", "inst"].flatMap { part in lengths.map { "\(part)-\($0)" } } + ["silence"]
    return MappedFile(
      name: "vocab.yaml", copying: Array(labels.map { "- '[\($0)]'\n" }.joined().utf8))
  }
}
