import ArgumentParser
import Diagnostics
import SongStream
import ToolSupport

/// `sg-model list`
struct ListCommand: ModelCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the models that are found by name, and downloads.")

  @OptionGroup var common: CommonOptions

  @Flag(help: "Print a JSON object per model.")
  var json = false

  mutating func work(_ console: Console) throws {
    let output = StandardOutput()
    let locator = ModelLocator()
    let models = locator.models().map { ($0, "model") }
    for (model, kind) in models + locator.downloads().map({ ($0, "download") }) {
      if json {
        let path = model.directory.map(JSONValue.string) ?? .null
        let object: [String: JSONValue] = [
          "name": .string(model.name), "path": path, "kind": .string(kind),
        ]
        try output.line(JSONValue.object(object).printed())
      } else {
        let path = model.directory ?? "(in the program)"
        try output.line("\(printable(model.name))\t\(printable(path, limit: 4096))")
      }
    }
  }
}
