public import Diagnostics

/// Why a song cannot be separated.
public struct SeparationFailure: SongFailure, Hashable {
  public let status: ExitStatus
  public let description: String

  /// - Parameters:
  ///   - status: the exit code that belongs to it.
  ///   - description: one line in lower case, without a full stop.
  public init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }
}
