import Diagnostics

/// The official `config.yaml` of a model, interpolations resolved.
///
/// Keys are paths with dots, `lm.dim`. A key that is missing or has another type is an error that
/// names file and key.
public struct ModelConfig: Sendable {
  /// Name for messages.
  public let file: String
  /// The whole content.
  public let root: ConfigValue

  /// A configuration without any entry, for a model without `config.yaml`.
  public static let empty = ModelConfig(file: "config.yaml", root: .table([:]))

  /// Reads `path` of a model.
  ///
  /// - Throws: `configuration` when it is not valid.
  public init(_ path: String, in files: ModelFiles) throws(WeightsFailure) {
    try self.init(files.open(path)) { (other: String) throws(WeightsFailure) in
      try files.open(other)
    }
  }

  /// Reads a configuration.
  ///
  /// - Parameter load: opens the YAML file that `${load_yaml:PATH}` names.
  /// - Throws: `configuration` when it is not valid.
  public init(
    _ file: MappedFile, load: @escaping (String) throws(WeightsFailure) -> MappedFile
  ) throws(WeightsFailure) {
    let path = file.name
    let text = try file.text(limit: ConfigYAML.bytes)
    var loads = 0
    var interpolation = Interpolation(
      root: try ConfigYAML.parse(text, file: path), file: path
    ) { (other: String) throws(WeightsFailure) in
      loads += 1
      guard loads <= 32 else { throw .configuration(path, "loads too many other files") }
      return try ConfigYAML.parse(load(other).text(limit: ConfigYAML.bytes), file: other)
    }
    self.init(file: path, root: try interpolation.resolved())
  }

  /// A configuration that is already at hand.
  public init(file: String, root: ConfigValue) {
    self.file = file
    self.root = root
  }

  static func find(_ key: String, in root: ConfigValue) -> ConfigValue? {
    var value = root
    for part in key.split(separator: ".", omittingEmptySubsequences: false) {
      guard let next = value[String(part)] else { return nil }
      value = next
    }
    return value
  }

  /// The value of `key`, or `nil` when there is none or it is null.
  public func value(_ key: String) -> ConfigValue? {
    let value = Self.find(key, in: root)
    return value == .null ? nil : value
  }

  /// Whether `key` has a value.
  public func contains(_ key: String) -> Bool { value(key) != nil }

  /// An integer.
  public func int(_ key: String) throws(WeightsFailure) -> Int {
    guard case .integer(let value) = try require(key) else { throw wrong(key, "an integer") }
    return value
  }

  /// A number; an integer counts as one, and so does text such as `1e-4`, which YAML 1.1 calls text.
  public func double(_ key: String) throws(WeightsFailure) -> Double {
    switch try require(key) {
    case .integer(let value): return Double(value)
    case .number(let value): return value
    case .string(let text):
      if let value = Double(text), value.isFinite { return value }
      throw wrong(key, "a number")
    default: throw wrong(key, "a number")
    }
  }

  /// Text.
  public func string(_ key: String) throws(WeightsFailure) -> String {
    guard case .string(let value) = try require(key) else { throw wrong(key, "text") }
    return value
  }

  /// A truth value.
  public func bool(_ key: String) throws(WeightsFailure) -> Bool {
    guard case .bool(let value) = try require(key) else { throw wrong(key, "true or false") }
    return value
  }

  /// A list.
  public func list(_ key: String) throws(WeightsFailure) -> [ConfigValue] {
    guard case .list(let value) = try require(key) else { throw wrong(key, "a list") }
    return value
  }

  /// A list of integers.
  public func ints(_ key: String) throws(WeightsFailure) -> [Int] {
    var result: [Int] = []
    for item in try list(key) {
      guard case .integer(let value) = item else { throw wrong(key, "a list of integers") }
      result.append(value)
    }
    return result
  }

  /// A list of texts.
  public func strings(_ key: String) throws(WeightsFailure) -> [String] {
    var result: [String] = []
    for item in try list(key) {
      guard case .string(let value) = item else { throw wrong(key, "a list of texts") }
      result.append(value)
    }
    return result
  }

  private func require(_ key: String) throws(WeightsFailure) -> ConfigValue {
    guard let value = value(key) else {
      throw .configuration(file, "lacks '\(printable(key))'")
    }
    return value
  }

  private func wrong(_ key: String, _ expected: String) -> WeightsFailure {
    .configuration(file, "'\(printable(key))' should be \(expected)")
  }
}
