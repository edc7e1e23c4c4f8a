public import Diagnostics

/// Why a model, or one of its files, cannot be used.
public struct WeightsFailure: SongFailure, Hashable {
  public let status: ExitStatus
  public let description: String

  /// - Parameters:
  ///   - status: the exit code that belongs to it.
  ///   - description: one line in lower case, without a full stop.
  public init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }

  /// A file of the model is malformed.
  static func malformed(_ file: String, _ problem: String) -> WeightsFailure {
    WeightsFailure(.data, "\(printable(file)): \(problem)")
  }

  /// A file or directory of the model is not there, or may not be used.
  static func missing(_ file: String, _ problem: String) -> WeightsFailure {
    WeightsFailure(.unavailable, "\(printable(file)): \(problem)")
  }

  /// The configuration lacks something or says something impossible.
  static func configuration(_ file: String, _ problem: String) -> WeightsFailure {
    WeightsFailure(.configuration, "\(printable(file)): \(problem)")
  }
}
