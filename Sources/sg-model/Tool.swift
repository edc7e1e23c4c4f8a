import ArgumentParser
import Diagnostics
import ToolSupport

/// Models on the disk: what is there, whether it is whole, and how other people's files get in.
@main
struct Model: ToolCommand {
  static let configuration = CommandConfiguration.tool(
    "sg-model",
    abstract: "Import, examine and check models.",
    discussion: """
      Makes a model directory that every tool takes from the official download, and tells what a \
      model is. Nothing is fetched.
      """,
    examples: [
      "sg-model import ~/Downloads/songgeneration_base -o ~/.local/share/sg/models/base",
      "sg-model import --quantize lm=q8,flow=bf16 ~/Downloads/songgeneration_base -o base",
      "sg-model convert base --to gguf -o base-gguf",
      "sg-model fake --like tiny -o fake",
      "sg-model info base",
    ],
    subcommands: [
      ImportCommand.self, ConvertCommand.self, FakeCommand.self, InfoCommand.self,
      VerifyCommand.self, ListCommand.self, PathCommand.self,
    ])

  mutating func run() throws {
    throw ValidationError("give a command: 'sg-model list', for one")
  }
}

/// A command of this tool; it speaks under the name of the tool.
protocol ModelCommand: SongTool {}

extension ModelCommand {
  static var toolName: String { Model.toolName }
}
