import DefaultModel
import Diagnostics
public import Weights

extension ModelOptions {
  /// Opens the model that `--model`, the environment and the model directories say.
  ///
  /// - Throws: ``ToolFailure`` (69) if there is none, `WeightsFailure` if it cannot be opened.
  public func open() throws -> ModelDirectory {
    switch try ModelLocator().locate(model) {
    case .directory(let path): try ModelDirectory(path: path)
    case .embedded: try DefaultModel.directory()
    }
  }
}
