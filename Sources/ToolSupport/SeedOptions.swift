public import ArgumentParser

/// The option of the tools that draw random numbers.
public struct SeedOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Seed of all random numbers (default: drawn).", valueName: "n"))
  public var seed: UInt64?

  public init() {}

  public mutating func validate() throws {
    if let seed, seed > UInt64(Int64.max) {
      throw ValidationError("'--seed \(seed)': give 0 to \(Int64.max)")
    }
  }

  /// The seed of a song: the one given, else the one that the song already has, else one drawn from
  /// the system, of at most 9 digits, easy to type again.
  public func resolved(_ own: UInt64? = nil) -> (seed: UInt64, isDrawn: Bool) {
    if let seed = seed ?? own { return (seed, false) }
    return (UInt64.random(in: 0..<1_000_000_000), true)
  }
}
