public import ArgumentParser
public import SongStream

/// The limit of a stream that a user may change.
public struct LimitOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Refuse songs longer than this.", valueName: "seconds"))
  public var maxSeconds = StreamLimits().seconds

  public init() {}

  public mutating func validate() throws {
    guard (1...86_400).contains(maxSeconds) else {
      throw ValidationError("'--max-seconds \(maxSeconds)': give 1 to 86400")
    }
  }

  /// The limits of streams that are read and written.
  public var limits: StreamLimits { StreamLimits(seconds: maxSeconds) }
}
