public import Diagnostics

/// Why tokens cannot be edited as asked.
public struct TokenEditFailure: SongFailure, Hashable {
  public let status: ExitStatus
  public let description: String

  /// A failure told by `description`: one line, lower case, no full stop.
  public init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }

  /// A failure of the data (65).
  public init(_ description: String) { self.init(.data, description) }
}
