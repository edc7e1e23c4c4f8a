import ArgumentParser
import Diagnostics
import LeLMTraining
import ToolSupport
import TrainingRun

/// `sg-train merge`
struct MergeCommand: TrainCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Interpolate what several runs have learnt.",
    discussion: """
      Writes the parameters of the base plus, for each run, WEIGHT times their difference to the base: how \
      LeVo joins the models of its three preferences.
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: ArgumentHelp("The run that the others began from.", valueName: "run"))
  var base: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The file.", valueName: "lm.safetensors"))
  var output: String

  @Option(help: ArgumentHelp("How numbers are written: f32, f16 or q8.", valueName: "form"))
  var form = ExportForm.f16

  @Argument(help: ArgumentHelp("Runs with their weights.", valueName: "run:weight"))
  var runs: [String]

  mutating func work(_ console: Console) throws {
    let settings = try TrainingSettings(json: RunFolder.settings(of: base), file: printable(base))
    let learning = try LearningModel(settings.model)
    let model = try learning.parameters(seed: settings.batch.seed).model
    try model.take(RunFolder.latest(base))
    let others = try runs.map { item in
      guard let colon = item.lastIndex(of: ":"),
        let weight = Double(item[item.index(after: colon)...]),
        weight.isFinite
      else {
        throw ToolFailure(
          .usage, "'\(printable(item))' must be a run and its weight, as in 's1:0.5'")
      }
      let other = try model.copy()
      try other.take(RunFolder.latest(String(item[..<colon])))
      return (model: other, weight: weight)
    }
    try model.add(others)
    try model.write(to: output, as: form)
  }
}
