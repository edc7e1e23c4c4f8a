public import Diagnostics

/// Why a recogniser of speech told nothing.
public struct RecogniserFailure: SongFailure {
  public let status: ExitStatus
  public let description: String

  init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }
}
