public import ArgumentParser

/// The option of the tools that read or write binary data on standard streams.
public struct ForceOption: ParsableArguments {
  @Flag(help: "Read binary data from a terminal, or write it to one.")
  public var force = false

  public init() {}
}
