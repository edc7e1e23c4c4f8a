import Glibc

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
      guard let path = place.path, let directory = opendir(path) else { continue }
      defer { closedir(directory) }
      while let entry = readdir(directory) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
          String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        guard let name, !name.hasPrefix("."), found[name] == nil,
          ModelLocator.isDirectory(path + "/" + name)
        else { continue }
        found[name] = path + "/" + name
      }
    }
    var entries = found.map { Entry(name: $0.key, directory: $0.value) }
    if found[ModelLocator.embeddedName] == nil {
      entries.append(Entry(name: ModelLocator.embeddedName, directory: nil))
    }
    return entries.sorted { $0.name < $1.name }
  }
}
