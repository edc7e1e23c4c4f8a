public import Diagnostics

/// Why a run cannot begin, go on or be saved.
public struct RunFailure: SongFailure, Hashable {
  public let status: ExitStatus
  public let description: String

  init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }

  /// A call of the system failed: `cannot write 'run/log.jsonl': no space left on device`.
  static func system(
    _ status: ExitStatus, _ what: String, _ path: String, _ code: Int32
  ) -> RunFailure {
    RunFailure(status, "cannot \(what) '\(printable(path))': \(systemMessage(code))")
  }
}
