import Glibc
package import Gradients

/// Direct preference optimisation (Rafailov et al. 2023), stage 3 of LeVo:
/// loss = -log sigmoid(beta ((log p(w) - log q(w)) - (log p(l) - log q(l)))), where w is preferred to l,
/// p is the model and q a frozen copy, and log p sums over the tokens of all three rows of a song.
public struct PreferenceObjective: Sendable, Hashable {
  /// How far the model may go from the frozen copy for a preference.
  public var beta = 0.1
  /// How much the nats of a token of the preferred song count besides, against the known drift of DPO
  /// on long sequences, where the likelihood of both falls.
  public var likelihood = 0.0

  public init() {}

  /// -log p of each of `songs` over all rows, with the values on `tape` that it comes from.
  package func nats(
    _ model: TrainableModel, _ songs: [SongSequence], tape: Tape
  ) -> (totals: [Double], rows: [SequenceGraph.RowLoss]) {
    let graph = SequenceGraph(model, songs) { $0.columns[0].count }
    let mixed = graph.mixedHidden(tape) { _, _, _ in }
    let dual = graph.dualHidden(tape, mixed: mixed)
    let rows = [(0, mixed), (1, dual), (2, dual)].map { graph.loss(tape, codebook: $0, of: $1) }
    var totals = [Double](repeating: 0, count: songs.count)
    for row in rows {
      for (song, value) in zip(row.songs, tape.values(of: row.losses)) {
        totals[song] += Double(value)
      }
    }
    return (totals, rows)
  }

  /// What one pair, [winner, loser], adds to the gradients.
  ///
  /// - Parameter reference: -log q of both.
  package func learn(
    _ model: TrainableModel, _ pair: [SongSequence], reference: [Double], tape: Tape,
    scale: Double
  ) -> PairReport {
    let (totals, rows) = nats(model, pair, tape: tape)
    let gains = zip(reference, totals).map { $0 - $1 }
    let margin = beta * (gains[0] - gains[1])
    // d loss / d (-log p(w)) = beta sigmoid(-margin), and the opposite for l.
    let pull = beta / (1 + exp(margin))
    let tokens = Double(rows.reduce(0) { $0 + $1.songs.count { $0 == 0 } })
    let likely = likelihood / max(1, tokens)
    tape.backward(
      from: rows.map { row in
        (row.losses, row.songs.map { Float(($0 == 0 ? pull + likely : -pull) / scale) })
      })
    return PairReport(
      loss: margin > 0 ? log1p(exp(-margin)) : -margin + log1p(exp(margin)), margin: margin,
      winner: gains[0], loser: gains[1])
  }

  /// What was found of a pair.
  package struct PairReport: Sendable {
    package let loss: Double
    /// beta times the difference of the gains; above 0 the model prefers the winner more than the frozen
    /// copy does.
    package let margin: Double
    /// log p - log q of either.
    let winner: Double
    let loser: Double
  }
}
