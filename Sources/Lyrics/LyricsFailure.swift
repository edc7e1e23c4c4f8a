public import Diagnostics

/// Why a value is no request.
public struct LyricsFailure: SongFailure, Hashable {
  /// What is wrong.
  public let reason: String

  init(_ reason: String) {
    self.reason = reason
  }

  public var status: ExitStatus { .data }

  public var description: String { "the request cannot be used: \(reason)" }
}
