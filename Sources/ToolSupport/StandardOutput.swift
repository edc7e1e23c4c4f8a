import Glibc

/// Lines of text for standard output; unlike `print`, a full disk or closed file is a failure.
public struct StandardOutput: Sendable {
  public init() {}

  /// Writes `line` and a line feed at once.
  ///
  /// - Throws: ``ToolFailure`` with status 74.
  public func line(_ line: String) throws(ToolFailure) { try text(line + "\n") }

  /// Writes `text` as it is.
  ///
  /// - Throws: ``ToolFailure`` with status 74.
  public func text(_ text: String) throws(ToolFailure) {
    let bytes = Array(text.utf8)
    var failure: ToolFailure?
    bytes.withUnsafeBytes { buffer in
      do throws(ToolFailure) {
        try Descriptor.write(buffer, to: STDOUT_FILENO, name: "standard output")
      } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
