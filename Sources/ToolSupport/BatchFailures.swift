import ArgumentParser
public import Diagnostics

/// The failures of a batch: one song that fails does not stop the others, and the first failure's
/// code is the exit code at the end.
public struct BatchFailures {
  /// The status of the first failure.
  public private(set) var first: ExitStatus?
  /// How many songs failed.
  public private(set) var count = 0

  public init() {}

  /// Says on `console` that `song` failed and remembers it.
  public mutating func record(_ failure: any SongFailure, song: String?, on console: Console) {
    console.error(failure, song: song)
    first = first ?? failure.status
    count += 1
  }

  /// Ends the batch.
  ///
  /// - Throws: `ExitCode` with the first failure's code; nothing more is printed.
  public func conclude() throws {
    if let first { throw ExitCode(first.rawValue) }
  }
}
