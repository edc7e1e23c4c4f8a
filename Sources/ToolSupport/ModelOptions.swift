public import ArgumentParser
import DefaultModel
public import Weights

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
  /// - Throws: ``ToolFailure`` with status 69 when there is none; `WeightsFailure` when it is not
  ///   usable.
  public func open() throws -> ModelDirectory {
    switch try ModelLocator().locate(model) {
    case .directory(let path): try ModelDirectory(path: path)
    case .embedded: try DefaultModel.directory()
    }
  }
}
