import ArgumentParser
import Diagnostics
import ToolSupport

/// `sg-model path`
struct PathCommand: ModelCommand {
  static let configuration = CommandConfiguration(
    commandName: "path", abstract: "Print the directory of a model.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "A name, or a directory (default: the model that the tools take).")
  var name: String?

  mutating func work(_ console: Console) throws {
    switch try ModelLocator().locate(name) {
    case .directory(let path): try StandardOutput().line(path)
    case .embedded:
      throw ToolFailure(
        .unavailable,
        "the model '\(ModelLocator.embeddedName)' lies in the program, in no directory"
      )
    }
  }
}
