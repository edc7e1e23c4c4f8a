import Diagnostics
public import Weights

/// What a download holds, told by the content of its files.
public struct SourceFiles: Sendable {
  /// A file of tensors.
  public struct Part: Sendable {
    public let path: String
    public let tensors: TensorFile
  }

  /// Files of tensors by what they are for.
  public private(set) var parts: [ModelRole: [Part]] = [:]
  public private(set) var configs: [MappedFile] = []
  public private(set) var labels: [MappedFile] = []
  public private(set) var vaeConfigs: [MappedFile] = []
  public private(set) var autoPrompts: [MappedFile] = []
  /// Folders with `vocab.json`, `merges.txt` and `tokenizer_config.json`.
  public private(set) var tokenizers: [[MappedFile]] = []
  public private(set) var licences: [MappedFile] = []
  /// The manifest of a model directory of ours.
  public private(set) var manifest: ModelManifest?
  /// Files that cannot be used though they look as if they should be, with the reason.
  public private(set) var problems: [WeightsFailure] = []

  /// The names of a tokenizer's files.
  static let tokenizerFiles = ["vocab.json", "merges.txt", "tokenizer_config.json"]
  /// Folders below a directory that are looked into.
  static let depth = 8

  /// Looks through directories and all folders in them.
  ///
  /// - Throws: `unavailable` when one of them does not exist.
  public init(_ directories: [String]) throws(WeightsFailure) {
    for directory in directories { try look(into: directory) }
  }

  private mutating func look(into directory: String) throws(WeightsFailure) {
    let files = try ModelFiles.directory(directory)
    let listing = files.list(depth: Self.depth)
    if listing.contains(ModelManifest.fileName), manifest == nil {
      manifest = try ModelManifest(files.open(ModelManifest.fileName))
    }
    for path in listing {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      do {
        let file = try files.open(path)
        try sort(file, name)
      } catch {
        problems.append(error)
      }
      guard name == "vocab.json" else { continue }
      let folder = String(path.dropLast(name.count))
      let names = Self.tokenizerFiles.map { folder + $0 }
      guard names.allSatisfy(listing.contains) else { continue }
      var found: [MappedFile] = []
      for name in names { found.append(try files.open(name)) }
      tokenizers.append(found)
    }
  }

  private mutating func sort(_ file: MappedFile, _ name: String) throws(WeightsFailure) {
    switch try SourceContent(file) {
    case .tensors(let role, let tensors):
      parts[role, default: []].append(Part(path: file.name, tensors: tensors))
    case .config: configs.append(file)
    case .labels: labels.append(file)
    case .vaeConfig: vaeConfigs.append(file)
    case .autoPrompts: autoPrompts.append(file)
    case .pointer:
      problems.append(
        WeightsFailure(
          .data,
          "\(printable(file.name)): is a Git LFS pointer; the file itself was not downloaded"))
    case .other, .otherTensors:
      let lower = name.lowercased()
      guard lower.hasPrefix("license") || lower.hasPrefix("licence"), file.bytes.count <= 1 << 17,
        !file.name.contains("third_party")
      else { return }
      licences.append(file)
    }
  }
}
