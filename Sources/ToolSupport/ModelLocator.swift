import Diagnostics
import Glibc

/// Where a model lies.
public enum ModelLocation: Sendable, Hashable {
  /// A model directory on the disk.
  case directory(String)
  /// The toy model inside the program.
  case embedded
}

/// Finds a model by `--model`, the environment and the places where models are kept.
///
/// The first of `--model` and `SG_MODEL` says which: a value with a slash is a directory, any other
/// a name. A name is looked for in each directory of `SG_MODEL_PATH`, then in
/// `$XDG_DATA_HOME/sg/models` and in `sg/models` of each of `$XDG_DATA_DIRS`, then among what lies in
/// the Hugging Face cache, where `ORGANISATION/NAME` is a name too. With neither option nor variable the name is `default`, and when no model is called so, or when the name is `tiny`,
/// it is the embedded one.
public struct ModelLocator: Sendable {
  /// The name of the embedded model.
  public static let embeddedName = "tiny"

  private let variable: @Sendable (String) -> String?

  /// A locator that asks the environment of the process.
  public init() { variable = { Environment[$0] } }

  /// A locator with variables of its own.
  public init(environment: [String: String]) {
    variable = { environment[$0].flatMap { $0.isEmpty ? nil : $0 } }
  }

  /// Finds the model for the value of `--model`, nil when it was not given.
  ///
  /// - Throws: ``ToolFailure`` with status 69, naming every place searched.
  public func locate(_ option: String?) throws(ToolFailure) -> ModelLocation {
    let chosen = option ?? variable("SG_MODEL")
    let name = chosen ?? "default"
    if name.contains("/") || name == "." || name == ".." {
      guard ModelLocator.isDirectory(name) else {
        if let snapshot = cache.snapshot(name) { return .directory(snapshot) }
        throw ToolFailure(.unavailable, "model \(quoted(name)): there is no such directory")
      }
      return .directory(name)
    }
    for place in places where !name.isEmpty {
      guard let path = place.path.map({ $0 + "/" + name }) else { continue }
      if ModelLocator.isDirectory(path) { return .directory(path) }
    }
    if chosen == nil || name == ModelLocator.embeddedName { return .embedded }
    if let snapshot = cache.snapshot(name) { return .directory(snapshot) }
    var message = "model \(quoted(name)) not found in: "
    message += (places.map(\.shown) + [cache.shown]).joined(separator: ", ")
    message += "\n  give a directory as --model ./\(printable(name)), or put one there; "
    message += "without --model the embedded toy model plays"
    message += "\n  \(ModelLocator.advice)"
    throw ToolFailure(.unavailable, message)
  }

  /// Where the official weights are, and what may be done with them.
  public static let advice =
    "official weights: download them as sg-model(1) tells, then: sg-model import DIR -o MODEL; "
    + "their licence allows academic, research and education use only"

  /// What other programs have downloaded.
  var cache: HuggingFaceCache { HuggingFaceCache(variable) }

  /// The directories searched, with their names in messages; no path for a variable not set.
  var places: [(path: String?, shown: String)] {
    var result: [(path: String?, shown: String)] = []
    func add(_ path: String, _ shown: String? = nil) {
      result.append((path, shown ?? printable(path)))
    }
    if let list = variable("SG_MODEL_PATH") {
      for part in list.split(separator: ":") { add(String(part)) }
    } else {
      result.append((nil, "$SG_MODEL_PATH"))
    }
    if let home = variable("XDG_DATA_HOME") {
      add(home + "/sg/models")
    } else if let home = variable("HOME") {
      add(home + "/.local/share/sg/models", "~/.local/share/sg/models")
    }
    for part in (variable("XDG_DATA_DIRS") ?? "/usr/local/share:/usr/share").split(separator: ":") {
      add(part + "/sg/models")
    }
    return result
  }

  static func isDirectory(_ path: String) -> Bool {
    var information = stat()
    return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
  }
}
