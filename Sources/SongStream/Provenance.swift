/// A model that had a part in a song. It is compared with the model at hand, never fetched.
public struct ModelReference: Sendable, Hashable {
  /// What the model did: `lm`, `codec`.
  public var role: String
  /// What people call it.
  public var name: String
  /// Its identity: 64 lower-case hexadecimal digits.
  public var sha256: String
  /// Keys that this version does not know, passed on.
  public var extra: [String: JSONValue]

  public init(role: String, name: String, sha256: String, extra: [String: JSONValue] = [:]) {
    self.role = role
    self.name = name
    self.sha256 = sha256
    self.extra = extra
  }
}

/// A tool that had a part in a song, in the order of work.
public struct HistoryEntry: Sendable, Hashable {
  /// `sg-lm` and the like.
  public var tool: String
  public var version: String
  /// The options that bear on the result.
  public var options: [String: JSONValue]
  /// Keys that this version does not know, passed on.
  public var extra: [String: JSONValue]

  public init(
    tool: String, version: String, options: [String: JSONValue] = [:],
    extra: [String: JSONValue] = [:]
  ) {
    self.tool = tool
    self.version = version
    self.options = options
    self.extra = extra
  }
}
