public import Gradients
public import Neural

/// What a step cost and gave.
public struct StepReport: Sendable {
  /// Means over tokens, by name.
  public let losses: [String: Double]
  public let gradientNorm: Double
  /// Rows that the transformers read: prefixes and columns.
  public let rows: Int
}

/// Trains a model on batches of songs.
///
/// A batch is cut into `shares`, each of which is computed by one thread on its own tape; so the result
/// does not depend on how many threads there are.
public final class Trainer {
  public let model: TrainableModel
  /// What is learnt; its weights may change between steps, its stage may not.
  public var objective: TokenObjective
  public let adam: Adam
  /// After a step, the first has the gradients of the batch.
  package let sums: [GradientSum]
  private let tapes: [Tape]
  private let pool: ThreadPool

  /// Rows of one matrix, at most: what a tape holds at a time.
  private static let rowsAtOnce = 2048

  public init(
    _ model: TrainableModel, objective: TokenObjective, adam: Adam.Settings, shares: Int,
    pool: ThreadPool
  ) {
    self.model = model
    self.objective = objective
    self.pool = pool
    let sums = (0..<max(1, shares)).map { _ in
      GradientSum(model.parameters, trains: objective.stage.trains)
    }
    self.sums = sums
    tapes = sums.map(Tape.init)
    self.adam = Adam(sums[0].parameters, settings: adam)
  }

  /// Learns from a batch of `pool`.
  public func step(
    _ songs: SongPool, _ plan: BatchPlan, step: Int, rate: LearningRate
  ) -> StepReport {
    self.step(
      songs.batch(plan, step: step, of: rate.steps, model: model), rate: rate.rate(at: step))
  }

  /// Learns from `songs`.
  package func step(_ songs: [SongSequence], rate: Double) -> StepReport {
    let groups = Self.parts(songs, shares: sums.count)
    // What a token counts depends on how many the whole batch has.
    let tokens = songs.reduce(0) { $0 + $1.song.frames + 1 }
    let hinted = songs.reduce(0) { $0 + ($1.alignment == nil ? 0 : $1.song.frames + 1) }
    let means = SharedValues(groups.map { _ in LossMeans() })
    let work = Work(sums: sums, tapes: tapes, model: model, objective: objective)
    pool.run(groups.count) { share in
      means[share] = work.run(
        groups[share], share: share, scale: Double(tokens), hintScale: Double(max(1, hinted)),
        rowsAtOnce: Self.rowsAtOnce)
    }
    sums[0].add(Array(sums.dropFirst()), pool: pool)
    let norm = adam.update(sums[0], rate: rate, pool: pool)
    var total = LossMeans()
    for share in means.all { total.add(share) }
    return StepReport(
      losses: total.values, gradientNorm: norm, rows: songs.reduce(0) { $0 + $1.rows })
  }

  /// Cuts a batch into `shares` of about the same number of rows.
  private static func parts(_ songs: [SongSequence], shares: Int) -> [[SongSequence]] {
    var parts: [[SongSequence]] = Array(repeating: [], count: shares)
    var loads = [Int](repeating: 0, count: shares)
    for song in songs.sorted(by: { $0.rows > $1.rows }) {
      let least = loads.indices.min { loads[$0] < loads[$1] } ?? 0
      parts[least].append(song)
      loads[least] += song.rows
    }
    return parts
  }

  /// What the threads of a step share; each touches the elements of its own share only.
  private struct Work: @unchecked Sendable {
    let sums: [GradientSum]
    let tapes: [Tape]
    let model: TrainableModel
    let objective: TokenObjective

    func run(
      _ songs: [SongSequence], share: Int, scale: Double, hintScale: Double, rowsAtOnce: Int
    ) -> LossMeans {
      sums[share].clear()
      var means = LossMeans()
      var rest = songs[...]
      while let first = rest.first {
        var (count, rows) = (1, first.rows)
        while count < rest.count, rows + rest[rest.startIndex + count].rows <= rowsAtOnce {
          rows += rest[rest.startIndex + count].rows
          count += 1
        }
        let tape = tapes[share]
        tape.reset()
        let terms = objective.terms(
          model, Array(rest.prefix(count)), tape: tape, scale: scale, hintScale: hintScale)
        for term in terms { means.add(term) }
        tape.backward(from: terms.map { ($0.variable, $0.weights) })
        rest = rest.dropFirst(count)
      }
      return means
    }
  }
}
