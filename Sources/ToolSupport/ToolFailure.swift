public import Diagnostics

/// A failure of a tool's surroundings: files, standard streams, arguments, models.
public struct ToolFailure: SongFailure {
  public let status: ExitStatus
  public let description: String

  /// A failure told by `description`: one line, lower case, no full stop.
  public init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }
}
