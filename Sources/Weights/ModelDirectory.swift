import Diagnostics
import Synchronization

/// A model: its files, configuration and manifest, and which file plays which role.
///
/// A role's file is the one that `sg-model.json` names; else the one that `config.yaml` names, if it
/// exists and looks right; else the only file in the model that looks like it by its content. So the
/// official layout, reference fixtures, our own layout and the GGUF files of LeVo2.cpp open the same
/// way. What GGUF files hold in place of `config.yaml`, tokenizer and layer table counts where those
/// are missing.
public final class ModelDirectory: Sendable {
  /// The files.
  public let files: ModelFiles
  /// `sg-model.json`, if there is one.
  public let manifest: ModelManifest?
  /// `config.yaml`, or what the language model's GGUF file says in its place; empty if there is neither.
  public let config: ModelConfig
  /// What to call the model: the manifest's name, else that of the directory.
  public let name: String

  private struct Cache {
    var paths: [ModelRole: String?] = [:]
    var opened: [String: TensorFile] = [:]
    var unreadable: [String: WeightsFailure] = [:]
    var noTensors: Set<String> = []
    var listing: [String]?
    var identity: String?
  }
  private let cache = Mutex(Cache())

  /// Opens a model. Tensor files are opened when they are asked for.
  ///
  /// - Throws: `configuration` for a malformed manifest or configuration.
  public init(_ files: ModelFiles) throws(WeightsFailure) {
    self.files = files
    manifest =
      files.exists(ModelManifest.fileName)
      ? try ModelManifest(files.open(ModelManifest.fileName)) : nil
    let configPath = manifest?.files?[ModelRole.config.rawValue] ?? "config.yaml"
    config =
      files.exists(configPath)
      ? try ModelConfig(configPath, in: files)
      : try Self.embeddedConfig(files, named: manifest?.files?[ModelRole.lm.rawValue])
    name = manifest?.name ?? files.name.split(separator: "/").last.map(String.init) ?? files.name
  }

  /// The configuration inside the only GGUF file with a language model, or the one that is named.
  private static func embeddedConfig(
    _ files: ModelFiles, named: String?
  ) throws(WeightsFailure) -> ModelConfig {
    var found: ModelConfig?
    for path in named.map({ [$0] }) ?? files.list() where path.hasSuffix(".gguf") {
      guard let tensors = try? TensorFile(files.open(path)),
        let config = try tensors.embeddedConfig()
      else { continue }
      guard found == nil else {
        throw Self.ambiguous(files, .lm, [found?.file ?? path, path])
      }
      found = config
    }
    return found ?? .empty
  }

  private static func ambiguous(
    _ files: ModelFiles, _ role: ModelRole, _ paths: [String]
  ) -> WeightsFailure {
    let both = paths.prefix(2).map { "'\(printable($0))'" }.joined(separator: " and ")
    return .configuration(
      files.name,
      "\(both) both look like the \(role.title); name one under \"files\" in sg-model.json")
  }

  /// Opens a model in a directory.
  public convenience init(path: String) throws(WeightsFailure) {
    try self.init(.directory(path))
  }

  /// The path of the file, or folder, that plays `role`; `nil` when the model has none.
  ///
  /// - Throws: when the manifest names a file that is not there, or several files look like it.
  public func path(_ role: ModelRole) throws(WeightsFailure) -> String? {
    if let known = cache.withLock({ $0.paths[role] }) { return known }
    let found = try find(role)
    cache.withLock { $0.paths[role] = .some(found) }
    return found
  }

  /// As ``path(_:)``, but a model without the role is an error (`unavailable`).
  public func require(_ role: ModelRole) throws(WeightsFailure) -> String {
    if let path = try path(role) { return path }
    let unreadable = cache.withLock { $0.unreadable.min { $0.key < $1.key }?.value }
    let cause = unreadable.map { ", unless it is this one: \($0.description)" } ?? ""
    throw .missing(files.name, "this model has no \(role.title) file\(cause)")
  }

  /// The tensors of a role's file; opened once.
  public func tensors(_ role: ModelRole) throws(WeightsFailure) -> TensorFile {
    try open(require(role))
  }

  /// Says that the tensors of a role are not needed for now: pages of their file are given back.
  public func giveBack(_ role: ModelRole) {
    guard let file = try? tensors(role).file else { return }
    withExtendedLifetime(file) { file.giveBack(file.bytes) }
  }

  /// The bytes of a role's file, or of a file in a role's folder.
  public func file(_ role: ModelRole, _ name: String? = nil) throws(WeightsFailure) -> MappedFile {
    let path = try require(role)
    if role == .tokenizer || role == .vaeConfig, path.hasSuffix(".gguf") {
      guard let file = try open(path).embeddedFile(role, name) else {
        throw .missing(path, "does not hold the \(name.map { printable($0) } ?? role.title)")
      }
      return file
    }
    return try files.open(name.map { path + "/" + $0 } ?? path)
  }

  /// SHA-256 in hexadecimal over manifest, configuration, tensor headers and the first bytes of every
  /// tensor. Two models that differ in training or in form have different identities.
  public func identity() throws(WeightsFailure) -> String {
    if let known = cache.withLock({ $0.identity }) { return known }
    var digest = ModelDigest()
    for path in [ModelManifest.fileName, config.file]
    where files.exists(path) && !path.hasSuffix(".gguf") {
      digest.add(path)
      digest.add(try files.open(path))
    }
    // Codes mean the same with and without a network that takes songs apart.
    for role in ModelRole.allCases where role != .separator {
      guard let path = try path(role) else { continue }
      if role.holdsTensors {
        digest.add(role.rawValue)
        digest.add(try open(path))
      } else if path.hasSuffix(".gguf") {
        continue  // Part of a file of tensors.
      } else if role == .vaeConfig || role == .lexicon {
        digest.add(role.rawValue)
        digest.add(try files.open(path))
      } else if role == .tokenizer {
        for name in ["merges.txt", "tokenizer_config.json", "vocab.json"]
        where files.exists(path + "/" + name) {
          digest.add(name)
          digest.add(try files.open(path + "/" + name))
        }
      }
    }
    let identity = digest.hexadecimal()
    cache.withLock { $0.identity = identity }
    return identity
  }

  func open(_ path: String) throws(WeightsFailure) -> TensorFile {
    if let known = cache.withLock({ $0.opened[path] }) { return known }
    let file: TensorFile
    do {
      file = try TensorFile(files.open(path))
    } catch {
      cache.withLock { $0.unreadable[path] = error }
      throw error
    }
    cache.withLock { $0.opened[path] = file }
    return file
  }

  /// As ``open(_:)``, but `nil` for a file that does not begin as tensor files do.
  func openIfTensors(_ path: String) throws(WeightsFailure) -> TensorFile? {
    if let known = cache.withLock({ $0.opened[path] }) { return known }
    if cache.withLock({ $0.noTensors.contains(path) }) { return nil }
    let file = try files.open(path)
    let isOne =
      path.hasSuffix(".safetensors")
      || withExtendedLifetime(file) { TensorFile.format(of: file.bytes) != nil }
    guard isOne else {
      cache.withLock { _ = $0.noTensors.insert(path) }
      return nil
    }
    return try open(path)
  }

  private func listing() -> [String] {
    if let known = cache.withLock({ $0.listing }) { return known }
    let listing = files.list()
    cache.withLock { $0.listing = listing }
    return listing
  }

  private func find(_ role: ModelRole) throws(WeightsFailure) -> String? {
    if let named = manifest?.files?[role.rawValue] {
      guard let path = ModelPath(named)?.string, exists(path, role) else {
        throw .missing(
          ModelManifest.fileName,
          "names '\(printable(named))' for '\(role.rawValue)', which is not there")
      }
      return path
    }
    if role == .config { return files.exists("config.yaml") ? "config.yaml" : nil }
    if role == .lexicon, let lexicon = manifest?.text?.lexicon {
      guard let path = ModelPath(lexicon)?.string, files.exists(path) else {
        throw .missing(
          ModelManifest.fileName, "names the lexicon '\(printable(lexicon))', which is not there")
      }
      return path
    }
    for key in role.configKeys {
      guard case .string(let entry) = config.value(key),
        let path = ModelPath(RoleContent.pathOf(entry))?.string, exists(path, role)
      else { continue }
      return path
    }
    if let path = try byContent(role) { return path }
    switch role {
    case .tokenizer: return try path(.lm).flatMap { $0.hasSuffix(".gguf") ? $0 : nil }
    case .vaeConfig: return try path(.vae).flatMap { $0.hasSuffix(".gguf") ? $0 : nil }
    default: return nil
    }
  }

  private func exists(_ path: String, _ role: ModelRole) -> Bool {
    role == .tokenizer && !path.hasSuffix(".gguf")
      ? files.exists(path + "/vocab.json") : files.exists(path)
  }

  private func byContent(_ role: ModelRole) throws(WeightsFailure) -> String? {
    var matches: [String] = []
    for path in listing() where RoleContent.mayBe(role, path) {
      if try RoleContent.matches(role, path, in: self) { matches.append(path) }
    }
    guard matches.count <= 1 else { throw Self.ambiguous(files, role, matches) }
    return matches.first.map { role == .tokenizer ? RoleContent.folder(of: $0) : $0 }
  }
}
