public import Diagnostics

/// Why a library cannot give or keep a prompt.
public struct PromptLibraryFailure: SongFailure {
  public let status: ExitStatus
  public let description: String

  /// A failure told by `description`: one line, lower case, no full stop.
  public init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }
}
