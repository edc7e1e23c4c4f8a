public import SongStream

extension TokenSong {
  /// Notes in the song's history what `tool` did to it.
  public mutating func record(
    _ tool: String, version: String, options: [String: JSONValue]
  ) {
    header.history.append(HistoryEntry(tool: tool, version: version, options: options))
  }

  /// Takes in the provenance of a song whose tokens came in: its models, and its history with the
  /// id of that song, as far as there is room and not what is known already. A toy makes a toy.
  mutating func absorb(_ other: TokenSong) {
    let limits = StreamLimits()
    for model in other.header.models
    where !header.models.contains(model) && header.models.count < limits.models {
      header.models.append(model)
    }
    for var entry in other.header.history {
      guard !header.history.contains(entry) else { continue }
      entry.extra["song"] = entry.extra["song"] ?? .string(other.header.id)
      // One place stays free for what is done now.
      guard !header.history.contains(entry), header.history.count < limits.history - 1 else {
        continue
      }
      header.history.append(entry)
    }
    if other.header.extra["toy"] == .bool(true) { header.extra["toy"] = .bool(true) }
  }

  /// Whether language models other than this song's made `other`.
  public func differsInModel(from other: TokenSong) -> Bool {
    func makers(_ song: TokenSong) -> Set<String> {
      Set(song.header.models.filter { $0.role == "lm" || $0.role == "codec" }.map(\.sha256))
    }
    let (own, others) = (makers(self), makers(other))
    return !own.isEmpty && !others.isEmpty && own.isDisjoint(with: others)
  }
}
