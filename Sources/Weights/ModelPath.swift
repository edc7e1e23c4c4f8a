import Glibc

/// A path inside a model, as parts below its root.
///
/// Paths come from files that may be hostile, so one that would leave the model has no value here:
/// absolute paths, and `..` above the root.
///
///     ModelPath("./ckpt/../vae.json")?.string  // vae.json
///     ModelPath("../secrets")                  // nil
public struct ModelPath: Hashable, Sendable {
  /// The names from the root down, none of them empty, `.` or `..`.
  public let parts: [String]

  /// - Parameter text: the path as written; relative to the root of the model.
  public init?(_ text: String) {
    guard !text.hasPrefix("/"), text.utf8.count <= 4096, !text.utf8.contains(0) else { return nil }
    var parts: [String] = []
    for part in text.split(separator: "/") where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(String(part))
      }
    }
    self.parts = parts
  }

  /// The path with `/` between its parts; empty for the root itself.
  public var string: String { parts.joined(separator: "/") }
}

/// The absolute path without symbolic links (realpath(3)), or `nil` when there is no such file.
func resolved(_ path: String) -> String? {
  guard let pointer = realpath(path, nil) else { return nil }
  defer { free(pointer) }
  return String(cString: pointer)
}
