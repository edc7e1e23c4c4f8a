public import ArgumentParser

/// The option of the tools that compute. The result is the same for any number of threads.
public struct ThreadOptions: ParsableArguments {
  /// What the user asked for, or nil: as many as the machine has.
  @Option(help: ArgumentHelp("Threads to compute with (default: all).", valueName: "n"))
  public var threads: Int?

  public init() {}

  public mutating func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("'--threads \(threads)': give 1 to 256")
    }
  }
}
