import ArgumentParser
import Diagnostics
import SongStream
import ToolSupport

/// `sg-model list`
struct ListCommand: ModelCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the models that are found by name.")

  @OptionGroup var common: CommonOptions

  @Flag(help: "Print a JSON object per model.")
  var json = false

  mutating func work(_ console: Console) throws {
    let output = StandardOutput()
    for model in ModelLocator().models() {
      if json {
        let path = model.directory.map(JSONValue.string) ?? .null
        try output.line(JSONValue.object(["name": .string(model.name), "path": path]).printed())
      } else {
        let path = model.directory ?? "(in the program)"
        try output.line("\(printable(model.name))\t\(printable(path, limit: 4096))")
      }
    }
  }
}
