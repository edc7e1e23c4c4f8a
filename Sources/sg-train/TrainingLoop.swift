import Diagnostics
import Gradients
import LeLMTraining
import SongStream
import ToolSupport
import TrainingRun

/// The steps of a run: they are logged, saved now and then, and end when somebody asks for it.
struct TrainingLoop {
  let settings: TrainingSettings
  let folder: RunFolder
  let model: TrainableModel
  let adam: Adam
  let stage: String
  let console: Console

  /// Calls `body` for each step that is left.
  func run(_ body: (_ step: Int, _ rate: LearningRate) throws -> StepReport) throws {
    let tensors = model.tensors + adam.tensors
    let (checkpoint, damaged) = try folder.resume()
    for failure in damaged { console.warning(failure.description) }
    if let checkpoint {
      try checkpoint.restore(tensors)
      adam.resume(after: checkpoint.step)
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
      recent.add(try body(step, rate))
      step += 1
      if step % settings.log == 0 || step == settings.steps {
        let entry = try log.append(recent.entry(step: step, rate: rate.rate(at: step - 1)))
        console.live(entry.line(of: settings.steps))
        recent = RecentSteps()
      }
      let stops = StopRequest.isMade
      if stops || step % settings.save == 0 || step == settings.steps {
        try folder.save(step: step, state: .object(["stage": .string(stage)]), tensors: tensors)
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
