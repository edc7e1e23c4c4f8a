import Glibc

/// The environment of the process; an empty variable counts as unset.
enum Environment {
  static subscript(name: String) -> String? {
    guard let value = getenv(name), value[0] != 0 else { return nil }
    return String(cString: value)
  }
}
