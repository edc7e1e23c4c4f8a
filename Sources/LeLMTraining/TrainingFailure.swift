public import Diagnostics

/// Why training cannot go on.
public struct TrainingFailure: SongFailure, Hashable {
  public let status: ExitStatus
  public let description: String

  init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }
}
