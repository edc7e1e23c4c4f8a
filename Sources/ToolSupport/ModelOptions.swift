public import ArgumentParser

/// The option of the tools that run a model.
public struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The model: a name or a directory (default: the embedded toy model).",
      valueName: "name|dir"),
    completion: .directory)
  public var model: String?

  public init() {}
}
