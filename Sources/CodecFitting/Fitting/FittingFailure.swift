public import Diagnostics

/// Why a codec cannot be fitted, or a model is not one that ``FrameCodec`` can stand for.
public struct FittingFailure: SongFailure, Hashable {
  public let status: ExitStatus
  public let description: String

  /// - Parameter description: one line in lower case, without a full stop.
  public init(_ description: String, status: ExitStatus = .data) {
    self.status = status
    self.description = description
  }
}
