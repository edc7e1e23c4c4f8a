import Diagnostics
import Glibc

/// The named files of one model: a directory, or tables inside the binary.
///
/// Names are relative to the root of the model. Nothing outside the root is opened, whatever a name
/// says and wherever a symbolic link points; only a snapshot in a Hugging Face cache may link to the
/// blobs of its own repository.
public struct ModelFiles: Sendable {
  private enum Place: Sendable {
    case directory(root: String)
    case embedded([String: EmbeddedBytes])
  }

  private struct EmbeddedBytes: @unchecked Sendable { let bytes: UnsafeRawBufferPointer }

  private let place: Place
  /// What to call the model in messages: the path as given, or the name of the embedded model.
  public let name: String

  /// The files below a directory.
  ///
  /// - Throws: `unavailable` when there is no such directory.
  public static func directory(_ path: String) throws(WeightsFailure) -> ModelFiles {
    guard let root = resolved(path), kind(of: root) == S_IFDIR else {
      throw .missing(path, "there is no such model directory")
    }
    return ModelFiles(place: .directory(root: root == "/" ? "" : root), name: path)
  }

  /// Files that lie inside the binary; their bytes must live as long as the process.
  public static func embedded(
    name: String, _ files: [String: UnsafeRawBufferPointer]
  ) -> ModelFiles {
    ModelFiles(place: .embedded(files.mapValues(EmbeddedBytes.init)), name: name)
  }

  /// Whether `path` names a file of the model.
  public func exists(_ path: String) -> Bool {
    guard let path = ModelPath(path) else { return false }
    switch place {
    case .directory(let root):
      return inside(root, path).map { Self.kind(of: $0) == S_IFREG } ?? false
    case .embedded(let files):
      return files[path.string] != nil
    }
  }

  /// Maps a file of the model.
  ///
  /// - Throws: `unavailable` when it does not exist or lies outside the model.
  public func open(_ path: String) throws(WeightsFailure) -> MappedFile {
    guard let parsed = ModelPath(path) else {
      throw .missing(path, "leads out of the model directory")
    }
    switch place {
    case .directory(let root):
      guard let real = inside(root, parsed) else {
        throw .missing(parsed.string, "there is no such file in model '\(printable(name))'")
      }
      return try MappedFile(path: real, name: parsed.string)
    case .embedded(let files):
      guard let file = files[parsed.string] else {
        throw .missing(parsed.string, "there is no such file in model '\(printable(name))'")
      }
      return MappedFile(name: parsed.string, forever: file.bytes)
    }
  }

  /// The names of the files, sorted, down to `depth` folders below the root.
  ///
  /// Hidden files and links that leave the model are left out; at most 4096 entries are looked at.
  public func list(depth: Int = 3) -> [String] {
    switch place {
    case .embedded(let files):
      return files.keys.sorted()
    case .directory(let root):
      var found: [String] = []
      var budget = 4096
      walk(root, [], depth, &found, &budget)
      return found.sorted()
    }
  }

  private func walk(
    _ root: String, _ parts: [String], _ depth: Int, _ found: inout [String], _ budget: inout Int
  ) {
    guard let handle = opendir(([root.isEmpty ? "/" : root] + parts).joined(separator: "/"))
    else { return }
    defer { closedir(handle) }
    while budget > 0, let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let name, !name.hasPrefix("."),
        let path = ModelPath((parts + [name]).joined(separator: "/"))
      else { continue }
      budget -= 1
      guard let real = inside(root, path) else { continue }
      switch Self.kind(of: real) {
      case S_IFREG: found.append(path.string)
      case S_IFDIR where path.parts.count <= depth: walk(root, path.parts, depth, &found, &budget)
      default: break
      }
    }
  }

  /// The real path of a name, or `nil` when it does not exist or lies outside `root`.
  private func inside(_ root: String, _ path: ModelPath) -> String? {
    guard let real = resolved(root + "/" + path.string) else { return nil }
    if real.hasPrefix(root + "/") { return real }
    // The links of a snapshot in a Hugging Face cache: to a blob of the same repository.
    guard let blobs = Self.blobs(of: root), real.hasPrefix(blobs),
      !real.dropFirst(blobs.count).contains("/")
    else { return nil }
    return real
  }

  /// The folder of contents of a Hugging Face cache, for a model in
  /// `…/models--NAME/snapshots/REVISION` or below.
  private static func blobs(of root: String) -> String? {
    let parts = root.split(separator: "/")
    guard let index = parts.lastIndex(of: "snapshots"), index > 0, index + 1 < parts.count,
      parts[index - 1].hasPrefix("models--")
    else { return nil }
    return "/" + parts[..<index].joined(separator: "/") + "/blobs/"
  }

  private static func kind(of path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
  }
}
