public import Gradients
public import Neural

/// Two songs of one request, of which the first is preferred.
public struct SongPair: Sendable {
  public let winner: TrainingSong
  public let loser: TrainingSong

  public init(winner: TrainingSong, loser: TrainingSong) {
    self.winner = winner
    self.loser = loser
  }

  /// The pairs among `songs`, in the order of their first members; a song without its counterpart is
  /// left out.
  public static func all(in songs: [TrainingSong]) -> [SongPair] {
    var waiting: [String: TrainingSong] = [:]
    var pairs: [SongPair] = []
    for song in songs {
      guard let place = song.pair else { continue }
      guard let other = waiting.removeValue(forKey: place.pair) else {
        waiting[place.pair] = song
        continue
      }
      guard let otherPlace = other.pair, otherPlace.wins != place.wins else { continue }
      pairs.append(
        place.wins
          ? SongPair(winner: song, loser: other) : SongPair(winner: other, loser: song))
    }
    return pairs
  }
}

/// Stage 3: direct preference optimisation of the whole LeLM against a frozen copy of itself.
public final class PreferenceTrainer {
  public let model: TrainableModel
  public let objective: PreferenceObjective
  public let adam: Adam
  private let pairs: [[SongSequence]]
  /// -log q of each pair's songs under the frozen copy, once it is known.
  private var references: [[Double]?]
  private let frozen: TrainableModel
  private let sums: [GradientSum]
  private let tapes: [Tape]
  private let pool: ThreadPool

  /// - Parameter pairs: read with all their conditions, as in generation.
  public init(
    _ model: TrainableModel, frozen: TrainableModel, pairs: [SongPair], text: SongText,
    objective: PreferenceObjective, adam: Adam.Settings, shares: Int, pool: ThreadPool
  ) {
    self.model = model
    self.frozen = frozen
    self.objective = objective
    self.pool = pool
    self.pairs = pairs.map { pair in
      [pair.winner, pair.loser].map { song in
        var draws = StepDraws(seed: 0, step: 0)
        return SongSequence(
          song, text, model.config, dropout: .none, wholePrefix: true, &draws)
      }
    }
    references = Array(repeating: nil, count: pairs.count)
    let sums = (0..<max(1, shares)).map { _ in GradientSum(model.parameters) }
    self.sums = sums
    tapes = sums.map(Tape.init)
    self.adam = Adam(sums[0].parameters, settings: adam)
  }

  /// Learns from `count` pairs, which are drawn without regard to earlier steps.
  public func step(_ step: Int, count: Int, seed: UInt64, rate: LearningRate) -> StepReport {
    var draws = StepDraws(seed: seed, step: step)
    let chosen = (0..<max(1, count)).map { _ in draws.index(pairs.count) }
    let work = Work(trainer: self)
    let unknown = Set(chosen.filter { references[$0] == nil }).sorted()
    let found = SharedValues(unknown.map { _ in [Double]() })
    pool.run(unknown.count) { found[$0] = work.reference(unknown[$0]) }
    for (index, pair) in unknown.enumerated() { references[pair] = found[index] }
    let known = chosen.map { references[$0] ?? [0, 0] }

    for sum in sums { sum.clear() }
    let shares = sums.count
    let reports = SharedValues(
      chosen.map { _ in PreferenceObjective.PairReport(loss: 0, margin: 0, winner: 0, loser: 0) })
    pool.run(shares) { share in
      for index in stride(from: share, to: chosen.count, by: shares) {
        reports[index] = work.learn(
          chosen[index], reference: known[index], share: share, scale: Double(chosen.count))
      }
    }
    sums[0].add(Array(sums.dropFirst()), pool: pool)
    let norm = adam.update(sums[0], rate: rate.rate(at: step), pool: pool)
    var means = LossMeans()
    for report in reports.all {
      means.add("preference", sum: report.loss, count: 1)
      means.add("margin", sum: report.margin, count: 1)
      means.add("agreement", sum: report.margin > 0 ? 1 : 0, count: 1)
      means.add("winner", sum: report.winner, count: 1)
      means.add("loser", sum: report.loser, count: 1)
    }
    return StepReport(
      losses: means.values, gradientNorm: norm,
      rows: chosen.reduce(0) { $0 + pairs[$1].reduce(0) { $0 + $1.rows } })
  }

  /// What the threads of a step share; each touches its own pairs and share only.
  private struct Work: @unchecked Sendable {
    let trainer: PreferenceTrainer

    func reference(_ pair: Int) -> [Double] {
      trainer.pairs[pair].map {
        trainer.objective.nats(trainer.frozen, [$0], tape: Tape(nil)).totals[0]
      }
    }

    func learn(
      _ pair: Int, reference: [Double], share: Int, scale: Double
    ) -> PreferenceObjective.PairReport {
      let tape = trainer.tapes[share]
      tape.reset()
      return trainer.objective.learn(
        trainer.model, trainer.pairs[pair], reference: reference, tape: tape, scale: scale)
    }
  }
}
