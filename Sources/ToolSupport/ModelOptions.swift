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

  /// Finds the model as ``ModelLocator`` says and opens it.
  ///
  ///     let model = try options.open(
  ///       directory: ModelDirectory.init(path:), embedded: DefaultModel.directory)
  ///
  /// So only the tools that run a model hold one.
  ///
  /// - Throws: ``ToolFailure`` with status 69 when there is none, and what opening throws.
  public func open<Model>(
    directory: (String) throws -> Model, embedded: () throws -> Model
  ) throws -> Model {
    switch try ModelLocator().locate(model) {
    case .directory(let path): try directory(path)
    case .embedded: try embedded()
    }
  }
}
