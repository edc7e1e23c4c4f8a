import ArgumentParser
import DefaultModel
import Diagnostics
import ToolSupport
import ToyModel
import Weights

/// `sg-train toy`
struct ToyCommand: TrainCommand {
  static let configuration = CommandConfiguration(
    commandName: "toy", abstract: "Begin the model directory of the toy.",
    discussion: """
      Writes what is not learnt: configuration, tokenizer, lexicon and manifest. sg-train codec adds the \
      codec, sg-train export the language model.
      """)

  @OptionGroup var common: CommonOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("The directory to make.", valueName: "dir"))
  var output: String

  mutating func work(_ console: Console) throws {
    let folder = try OutputFolder(output)
    for file in ToyFiles().all {
      try folder.write(file.name) { try $0.write(file.text) }
    }
    let model = try DefaultModel.directory()
    for name in ["lexicon.txt", "LEXICON-LICENSE"] {
      let file = try model.file(.tokenizer, name)
      try folder.write("tokenizer/" + name) { output in
        try withExtendedLifetime(file) { try output.write(file.bytes) }
      }
    }
    try folder.commit()
  }
}
