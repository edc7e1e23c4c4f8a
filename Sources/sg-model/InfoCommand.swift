import ArgumentParser
import Diagnostics
import ModelImport
import SongStream
import ToolSupport
import Weights

/// `sg-model info`
struct InfoCommand: ModelCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Tell what a model holds and where it comes from.")

  @OptionGroup var common: CommonOptions

  @Flag(help: "Print a JSON object.")
  var json = false

  @Argument(help: "A name, or a directory (default: the model that the tools take).")
  var name: String?

  mutating func work(_ console: Console) throws {
    let model = try openModel(name)
    let inspection = ModelInspection(model)
    let info = ModelInfo(model, inspection)
    try StandardOutput().text(json ? info.json.printed() + "\n" : info.text)
    for problem in inspection.problems { console.warning(problem.description) }
    if inspection.parts.isEmpty, let problem = inspection.problems.first { throw problem }
  }
}
