public import Diagnostics

/// A journal that cannot be read or written.
public struct JournalFailure: SongFailure {
  public let status: ExitStatus
  public let description: String

  init(_ status: ExitStatus, _ path: String, _ what: String, _ code: Int32) {
    self.status = status
    description = "cannot \(what) journal '\(printable(path))': \(systemMessage(code))"
  }
}
