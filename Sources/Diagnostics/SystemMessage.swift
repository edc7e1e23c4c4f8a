import Glibc

/// What the system says about an `errno` value, beginning in lower case: `no such file or
/// directory`.
public func systemMessage(_ code: Int32) -> String {
  guard let text = strerror(code).map({ String(cString: $0) }), let first = text.first else {
    return "error \(code)"
  }
  return first.lowercased() + text.dropFirst()
}
