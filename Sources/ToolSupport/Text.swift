import Diagnostics
import Glibc

/// `text` with its first letter in lower case, unless the first word is an abbreviation.
func lowercasedFirst(_ text: String) -> String {
  guard let first = text.first else { return text }
  if let second = text.dropFirst().first, second.isUppercase { return text }
  return first.lowercased() + text.dropFirst()
}

/// `path` quoted for a message; the standard streams go by their names.
func quoted(_ path: String) -> String {
  if path == "standard input" || path == "standard output" { return path }
  return "'" + printable(path) + "'"
}

/// Repeats `call` while a signal interrupts it.
func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}
