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

  /// The seed given, or else one drawn from the system: at most 9 digits, easy to type again.
  public func resolved() -> (seed: UInt64, drawn: Bool) {
    if let seed { return (seed, false) }
    return (UInt64.random(in: 0..<1_000_000_000), true)
  }
}
