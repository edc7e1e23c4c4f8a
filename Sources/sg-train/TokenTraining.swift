import ArgumentParser
import Diagnostics
import Gradients
import LeLM
import LeLMTraining
import Neural
import SongStream
import ToolSupport
import TrainingRun
import Weights

/// `sg-train pretrain`
struct PretrainCommand: TrainCommand {
  static let configuration = CommandConfiguration(
    commandName: "pretrain", abstract: "Stage 1: train T1 on mixed tokens.",
    discussion: """
      Learns from songs of tokens with their requests, as sg-encode and sg-train corpus write them. A \
      model directory without a language model begins from nothing.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var run: RunOptions

  mutating func work(_ console: Console) throws {
    try TokenTraining(stage: .pretrain, options: run, console: console).train()
  }
}

/// `sg-train extend`
struct ExtendCommand: TrainCommand {
  static let configuration = CommandConfiguration(
    commandName: "extend", abstract: "Stage 2: train T2 on the dual-track tokens.",
    discussion: "Everything of stage 1 stays as it is, bit for bit.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var run: RunOptions

  @Option(
    help: ArgumentHelp("A run of stage 1 to begin from.", valueName: "run"),
    completion: .directory)
  var from: String?

  mutating func work(_ console: Console) throws {
    try TokenTraining(stage: .extend, options: run, from: from, console: console).train()
  }
}

/// A run of stage 1 or 2.
struct TokenTraining {
  let stage: Stage
  let options: RunOptions
  var from: String?
  let console: Console

  func train() throws {
    let (settings, json) = try options.settings()
    let learning = try LearningModel(settings.model)
    var kinds: [String: [TrainingSong]] = [:]
    for (kind, paths) in settings.data.sorted(by: { $0.key < $1.key }) {
      kinds[kind] = try learning.songs(paths, console: console)
    }
    let pool = SongPool(kinds, text: learning.text)
    guard pool.count > 0 else {
      throw ToolFailure(.noInput, "there are no songs to learn from (give --data file.sgs)")
    }
    let (model, isNew) = try learning.parameters(seed: settings.batch.seed)
    if let from { try model.take(RunFolder.latest(from)) }
    console.note(
      "\(isNew && from == nil ? "a new model" : "a model") of \(model.parameters.count) numbers, "
        + "\(pool.count) songs")
    var objective = TokenObjective(stage: stage)
    objective.endWeight = settings.endWeight
    objective.hint = stage == .pretrain ? settings.hint : nil
    let trainer = Trainer(
      model, objective: objective, adam: settings.adam, shares: settings.shares,
      pool: ThreadPool(threads: options.threads.threads ?? ThreadPool.availableThreads()))
    try loop(trainer, pool, settings, options.folder(json))
  }

  private func loop(
    _ trainer: Trainer, _ pool: SongPool, _ settings: TrainingSettings, _ folder: RunFolder
  ) throws {
    let loop = TrainingLoop(
      settings: settings, folder: folder, model: trainer.model, adam: trainer.adam,
      stage: stage.rawValue, console: console)
    try loop.run { step, rate in
      trainer.objective.hint?.weight = settings.hintWeight(
        at: Double(step) / Double(settings.steps))
      return trainer.step(pool, settings.batch, step: step, rate: rate)
    }
  }
}
