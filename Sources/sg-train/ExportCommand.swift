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

  @Flag(help: "Write f32 (default: matrices and tables f16, norms and biases f32).")
  var f32 = false

  @Argument(help: "The run.", completion: .directory)
  var run: String

  mutating func work(_ console: Console) throws {
    let settings = try TrainingSettings(json: RunFolder.settings(of: run), file: printable(run))
    let learning = try LearningModel(settings.model)
    let model = try learning.parameters(seed: settings.batch.seed).model
    try model.take(RunFolder.latest(run))
    try model.write(to: output, f32: f32)
  }
}

extension TrainableModel {
  /// Writes the parameters as a safetensors file.
  func write(to path: String, f32: Bool) throws {
    let numbers = ParameterNumbers(model: self, f32: f32)
    let file = try OutputFile(path)
    var sink = FileSink(file: file)
    try TensorWriting.safetensors(numbers, metadata: ["format": "pt"], to: &sink)
    try file.commit()
  }
}

/// Parameters as the writers of tensors take them.
struct ParameterNumbers: TensorNumbers {
  let model: TrainableModel
  let f32: Bool

  var specs: [TensorSpec] {
    model.parameters.parameters.map {
      TensorSpec(
        name: "audiolm." + $0.name, type: f32 || $0.shape.count == 1 ? .f32 : .f16, shape: $0.shape)
    }
  }

  func fill(
    _ target: UnsafeMutableBufferPointer<Float>, of name: String, at offset: Int
  ) throws(WeightsFailure) {
    let name = String(name.dropFirst("audiolm.".count))
    guard let value = model.parameters[name]?.value else {
      throw WeightsFailure(.software, "internal error: no parameter '\(name)'")
    }
    withExtendedLifetime(value) {
      _ = target.initialize(
        fromContentsOf: UnsafeBufferPointer(
          start: value.base + offset, count: target.count))
    }
  }
}

/// An output file as a sink of tensors.
struct FileSink: Weights.ByteSink {
  let file: OutputFile

  mutating func write(_ bytes: UnsafeRawBufferPointer) throws { try file.write(bytes) }
}
