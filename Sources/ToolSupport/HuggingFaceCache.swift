import Diagnostics
import Glibc

/// Repositories that `huggingface_hub` has downloaded, found by the layout of its cache:
/// `models--ORGANISATION--NAME/snapshots/REVISION`, with the newest revision in `refs/main`.
///
/// https://huggingface.co/docs/huggingface_hub/guides/manage-cache
struct HuggingFaceCache {
  /// The folder of repositories, and its name in messages.
  let path: String?
  let shown: String

  /// - Parameter variable: an environment variable, nil if unset.
  init(_ variable: (String) -> String?) {
    if let path = variable("HF_HUB_CACHE") ?? variable("HUGGINGFACE_HUB_CACHE") {
      self.path = path
      shown = printable(path)
    } else if let home = variable("HF_HOME") {
      path = home + "/hub"
      shown = printable(home + "/hub")
    } else if let home = variable("XDG_CACHE_HOME") {
      path = home + "/huggingface/hub"
      shown = printable(home + "/huggingface/hub")
    } else {
      path = variable("HOME").map { $0 + "/.cache/huggingface/hub" }
      shown = "~/.cache/huggingface/hub"
    }
  }

  /// The repositories, as `ORGANISATION/NAME`, with their newest snapshots.
  func repositories() -> [(name: String, snapshot: String)] {
    guard let path else { return [] }
    return Self.folders(path).compactMap { folder in
      let parts = folder.split(separator: "--", omittingEmptySubsequences: false)
      guard parts.count >= 3, parts[0] == "models",
        let snapshot = Self.newest(path + "/" + folder)
      else { return nil }
      return (parts[1] + "/" + parts[2...].joined(separator: "--"), snapshot)
    }
    .sorted { $0.name < $1.name }
  }

  /// The newest snapshot of `ORGANISATION/NAME`, or of the only repository called `name`.
  func snapshot(_ name: String) -> String? {
    let found = repositories().filter { repository in
      repository.name == name || repository.name.hasSuffix("/" + name)
    }
    return found.count == 1 ? found[0].snapshot : nil
  }

  private static func newest(_ repository: String) -> String? {
    let snapshots = repository + "/snapshots"
    if let revision = firstLine(repository + "/refs/main"), !revision.contains("/"),
      ModelLocator.isDirectory(snapshots + "/" + revision)
    {
      return snapshots + "/" + revision
    }
    let all = folders(snapshots)
    return all.count == 1 ? snapshots + "/" + all[0] : nil
  }

  /// At most 256 bytes of text from the beginning of a file, without the space around them.
  private static func firstLine(_ path: String) -> String? {
    let descriptor = retrying { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = retrying { read(descriptor, &bytes, bytes.count) }
    guard count > 0 else { return nil }
    let line = bytes[..<count].prefix { $0 > 0x20 }
    return line.isEmpty ? nil : String(validating: line, as: UTF8.self)
  }

  /// The names of the folders in a folder, hidden ones left out.
  static func folders(_ path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let name, !name.hasPrefix("."), ModelLocator.isDirectory(path + "/" + name) {
        names.append(name)
      }
    }
    return names.sorted()
  }
}
