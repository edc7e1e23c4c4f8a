import DefaultModel
import ToolSupport
import Weights

/// The model that a name stands for, opened.
func openModel(_ name: String?) throws -> ModelDirectory {
  switch try ModelLocator().locate(name) {
  case .directory(let path): try ModelDirectory(path: path)
  case .embedded: try DefaultModel.directory()
  }
}
