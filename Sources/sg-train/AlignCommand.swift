import ArgumentParser
import Diagnostics
import Gradients
import LeLMTraining
import Neural
import ToolSupport
import TrainingRun

/// `sg-train align`
struct AlignCommand: TrainCommand {
  static let configuration = CommandConfiguration(
    commandName: "align", abstract: "Stage 3: direct preference optimisation.",
    discussion: """
      Learns from pairs of songs, as sg-train prefer writes them, against a frozen copy of the model that \
      it begins from. The setting 'songs' is the number of pairs of a step.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var run: RunOptions

  @Option(
    help: ArgumentHelp("A run to begin from.", valueName: "run"), completion: .directory)
  var from: String?

  mutating func work(_ console: Console) throws {
    let (settings, json) = try run.settings()
    let learning = try LearningModel(settings.model)
    let songs = try learning.songs(
      settings.data.sorted { $0.key < $1.key }.flatMap(\.value), console: console)
    let pairs = SongPair.all(in: songs)
    guard !pairs.isEmpty else {
      throw ToolFailure(
        .noInput, "there are no pairs to learn from (sg-train prefer makes them)")
    }
    let model = try learning.parameters(seed: settings.batch.seed).model
    if let from { try model.take(RunFolder.latest(from)) }
    console.note("\(pairs.count) pairs")
    let trainer = PreferenceTrainer(
      model, frozen: try model.copy(), pairs: pairs, text: learning.text,
      objective: settings.preference, adam: settings.adam, shares: settings.shares,
      pool: ThreadPool(threads: run.threads.threads ?? ThreadPool.availableThreads()))
    let loop = TrainingLoop(
      settings: settings, folder: try run.folder(json), model: model, adam: trainer.adam,
      stage: "align", console: console)
    try loop.run { step, rate in
      trainer.step(
        step, count: min(settings.batch.songs, 64), seed: settings.batch.seed, rate: rate)
    }
  }
}
