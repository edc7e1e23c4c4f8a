public import SongStream

/// A line of a journal: what became of one song.
public struct JournalEntry: Sendable, Hashable {
  /// What became of it.
  public enum Outcome: Sendable, Hashable {
    /// Its file is whole: where, of how many bytes, and the SHA-256 of these.
    case done(file: String, bytes: Int, sha256: String)
    /// A tool gave it up.
    case failed(tool: String, code: Int, message: String)
  }

  /// Which request it was made of.
  public var key: SongKey
  public var seed: UInt64?
  /// Of which request the song is a candidate, nil if it is the request's only song.
  public var candidate: JSONValue?
  public var models: [ModelReference]
  public var outcome: Outcome

  public init(_ header: SongHeader, _ outcome: Outcome) {
    key = SongKey(header)
    seed = header.seed
    candidate = header.extra["candidate"]
    models = header.models
    self.outcome = outcome
  }

  /// The line without its line feed, safe on a terminal.
  public var line: String {
    var members: [String: JSONValue] = [
      "id": .string(key.id), "request": .string(key.request),
      "seed": seed.map { JSONValue($0) } ?? .null,
      "models": .array(
        models.map {
          ["role": .string($0.role), "name": .string($0.name), "sha256": .string($0.sha256)]
        }),
    ]
    if let candidate { members["candidate"] = candidate }
    switch outcome {
    case .done(let file, let bytes, let sha256):
      members["status"] = "done"
      members["file"] = .string(file)
      members["bytes"] = .integer(Int64(bytes))
      members["sha256"] = .string(sha256)
    case .failed(let tool, let code, let message):
      members["status"] = "failed"
      members["tool"] = .string(tool)
      members["code"] = .integer(Int64(code))
      members["message"] = .string(message)
    }
    return JSONValue.object(members).printed()
  }
}
