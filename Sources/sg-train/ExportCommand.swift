import ArgumentParser
import Diagnostics
import Gradients
import LeLMTraining
import Neural
import ToolSupport
import TrainingRun
import Weights

/// `sg-train export`
struct ExportCommand: TrainCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write what a run has learnt as a model's language model.",
    discussion: """
      Writes a safetensors file with the official tensor names; put it into a model directory under the \
      name that its sg-model.json gives.
      """)

  @OptionGroup var common: CommonOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("The file.", valueName: "lm.safetensors"))
  var output: String

  @Option(help: ArgumentHelp("How numbers are written: f32, f16 or q8.", valueName: "form"))
  var form = ExportForm.f16

  @Argument(help: "The run.", completion: .directory)
  var run: String

  mutating func work(_ console: Console) throws {
    let settings = try TrainingSettings(json: RunFolder.settings(of: run), file: printable(run))
    let learning = try LearningModel(settings.model)
    let model = try learning.parameters(seed: settings.batch.seed).model
    try model.take(RunFolder.latest(run))
    try model.write(to: output, as: form)
  }
}
