import Diagnostics

extension ModelLocator {
  /// A model that ``locate(_:)`` finds by its name.
  public struct Entry: Sendable, Hashable {
    public let name: String
    /// Nil for the model in the program.
    public let directory: String?
  }

  /// The models that are found by name, sorted by name; of two with one name the one that is found.
  public func models() -> [Entry] {
    var found: [String: String] = [:]
    for place in places {
      guard let path = place.path else { continue }
      for name in HuggingFaceCache.folders(path) where found[name] == nil {
        found[name] = path + "/" + name
      }
    }
    var entries = found.map { Entry(name: $0.key, directory: $0.value) }
    if found[ModelLocator.embeddedName] == nil {
      entries.append(Entry(name: ModelLocator.embeddedName, directory: nil))
    }
    return entries.sorted { $0.name < $1.name }
  }

  /// Downloads in the Hugging Face cache, as `ORGANISATION/NAME`: models, or what one is made from.
  public func downloads() -> [Entry] {
    cache.repositories().map { Entry(name: $0.name, directory: $0.snapshot) }
  }

  /// The directory that a person means: one that exists, else a download of that name.
  ///
  /// - Throws: ``ToolFailure`` with status 69.
  public func download(_ name: String) throws(ToolFailure) -> String {
    if ModelLocator.isDirectory(name) { return name }
    if let snapshot = cache.snapshot(name) { return snapshot }
    throw ToolFailure(
      .unavailable,
      "\(quoted(name)): there is no such directory, nor such a download in \(cache.shown)\n"
        + "  \(ModelLocator.advice)")
  }
}
