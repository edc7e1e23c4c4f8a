/// What a reader finds in a stream, in order.
///
/// A song is `.song`, any number of `.frames`, then `.end` or `.failed`; `.closed` says that a
/// writer had no more songs.
public enum SongEvent: Sendable, Hashable {
  case song(SongHeader)
  case frames(FrameBlock)
  /// The song is whole: how many frames each track has, and why it stopped.
  case end(frames: [String: UInt64], stop: StopReason)
  /// The tool that made the song gave up on it. Drop it, report it, go on.
  case failed(SongAbort)
  case closed
}

/// Why a song stopped.
public enum StopReason: String, Sendable, Hashable, CaseIterable {
  /// The model ended it.
  case eos
  /// It reached the longest duration.
  case max
  /// What it was made from ended.
  case end
}

/// Why a song could not be finished: the payload of an `A` record.
public struct SongAbort: Sendable, Hashable {
  /// The tool that gave up.
  public var tool: String
  /// Its exit code, after sysexits(3).
  public var code: Int
  /// One line for people; pass it through `printable` before it is shown.
  public var message: String

  public init(tool: String, code: Int, message: String) {
    self.tool = tool
    self.code = code
    self.message = message
  }
}
