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
    let tensors = trainer.model.tensors + trainer.adam.tensors
    let (checkpoint, damaged) = try folder.resume()
    for failure in damaged { console.warning(failure.description) }
    if let checkpoint {
      try checkpoint.restore(tensors)
      trainer.adam.resume(after: checkpoint.step)
      console.note("goes on after step \(checkpoint.step)")
    }
    let log = try folder.log()
    let rate = LearningRate(
      peak: settings.rate.peak, warmUp: settings.rate.warmUp, steps: settings.steps,
      floor: settings.rate.floor)
    StopRequest.listen()
    var recent = RecentSteps()
    var step = folder.step
    while step < settings.steps {
      trainer.objective.hint?.weight = settings.hintWeight(
        at: Double(step) / Double(settings.steps))
      recent.add(trainer.step(pool, settings.batch, step: step, rate: rate))
      step += 1
      if step % settings.log == 0 || step == settings.steps {
        let entry = try log.append(recent.entry(step: step, rate: rate.rate(at: step - 1)))
        console.live(entry.line(of: settings.steps))
        recent = RecentSteps()
      }
      let stops = StopRequest.isMade
      if stops || step % settings.save == 0 || step == settings.steps {
        try folder.save(
          step: step, state: .object(["stage": .string(stage.rawValue)]), tensors: tensors)
      }
      if stops {
        console.note("stopped after step \(step); --resume goes on")
        StopRequest.leave()
      }
    }
  }
}

/// What the log says of some steps.
struct RecentSteps {
  private var reports: [StepReport] = []

  mutating func add(_ report: StepReport) { reports.append(report) }

  func entry(step: Int, rate: Double) -> RunLogEntry {
    var losses: [String: (sum: Double, count: Double)] = [:]
    for report in reports {
      for (name, value) in report.losses {
        let old = losses[name] ?? (0, 0)
        losses[name] = (old.sum + value, old.count + 1)
      }
    }
    return RunLogEntry(
      step: step, losses: losses.mapValues { $0.sum / $0.count }, learningRate: rate,
      gradientNorm: reports.reduce(0) { $0 + $1.gradientNorm } / Double(max(1, reports.count)),
      tokens: reports.reduce(0) { $0 + $1.rows })
  }
}

extension RunFolder {
  /// The last checkpoint of the run at `path`.
  static func latest(_ path: String) throws -> Checkpoint {
    guard let checkpoint = try CheckpointFolder(run: path).latest().checkpoint else {
      throw ToolFailure(.noInput, "there is no checkpoint in '\(printable(path))'")
    }
    return checkpoint
  }
}

extension TrainableModel {
  /// Takes the parameters of a checkpoint; what its optimiser holds is left.
  func take(_ checkpoint: Checkpoint) throws {
    for tensor in tensors {
      try checkpoint.copy(tensor.name, shape: tensor.shape, to: tensor.numbers)
    }
  }
}
