public import Diagnostics

/// Why tokens cannot be read.
public struct TokenReadingFailure: SongFailure, Hashable {
  public let status: ExitStatus
  public let description: String

  init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }
}
