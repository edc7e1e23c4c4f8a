public import Gradients
import LeLM

/// Which transformers learn.
public enum Stage: String, Sendable, Hashable, CaseIterable {
  /// Stage 1, pre-training: T1 and the conditioners, on the mixed row.
  case pretrain
  /// Stage 2, modular extension: T2, its bridge and heads, on the dual-track rows, with everything of
  /// stage 1 frozen.
  case extend

  /// Whether `parameter` is trained.
  public func trains(_ parameter: Parameter) -> Bool {
    TrainableModel.isMain(parameter) == (self == .pretrain)
  }
}

/// A hint to the attention of T1, in training only: some heads of one block are taught to look at the
/// phone that is sung next, at the one being sung, and at the label of the section to come.
///
/// Without it a small model takes hours to find the lyrics; nothing of it remains in the graph.
public struct AttentionHint: Sendable, Hashable {
  /// The block of T1, counted from 0.
  public var block = 2
  /// How much the hint counts beside a token's nats.
  public var weight = 0.5

  public init() {}
}

/// Next-token prediction: cross-entropy over the tokens of the rows that are learnt.
public struct TokenObjective: Sendable, Hashable {
  public var stage: Stage
  /// How much an end token counts, beside 1 for another.
  public var endWeight = 1.0
  public var hint: AttentionHint?

  public init(stage: Stage) { self.stage = stage }

  /// The terms of the loss over `songs`, whose tokens are `1 / scale` of the batch's.
  func terms(
    _ model: TrainableModel, _ songs: [SongSequence], tape: Tape, scale: Double,
    hintScale: Double
  ) -> [LossTerm] {
    let graph = SequenceGraph(model, songs) {
      stage == .pretrain ? $0.song.frames + 1 : $0.columns[0].count
    }
    switch stage {
    case .pretrain:
      var terms: [LossTerm] = []
      let hidden = graph.mixedHidden(tape) { block, query, key in
        guard let hint, block == min(hint.block, model.main.blocks.count - 1) else { return }
        if let term = hintTerm(
          graph, tape, query, key, weight: Float(hint.weight / hintScale))
        {
          terms.append(term)
        }
      }
      let loss = graph.loss(tape, codebook: 0, of: hidden)
      terms.append(term("mixed", loss, tape, scale: scale))
      return terms
    case .extend:
      // Without gradients: stage 1 is frozen.
      let mixed = tape.detached(graph.mixedHidden(tape) { _, _, _ in })
      let hidden = graph.dualHidden(tape, mixed: mixed)
      return [("vocal", 1), ("accompaniment", 2)].map { name, codebook in
        term(name, graph.loss(tape, codebook: codebook, of: hidden), tape, scale: scale)
      }
    }
  }

  private func term(
    _ name: String, _ loss: SequenceGraph.RowLoss, _ tape: Tape, scale: Double
  ) -> LossTerm {
    LossTerm(
      name, tape, loss.losses,
      weights: loss.ends.map { Float(($0 ? endWeight : 1) / scale) })
  }

  private func hintTerm(
    _ graph: SequenceGraph, _ tape: Tape, _ query: Variable, _ key: Variable, weight: Float
  ) -> LossTerm? {
    let heads = graph.model.main.shape.heads
    let rows = graph.positions.count
    var targets: [[Int32]] = Array(repeating: Array(repeating: -1, count: rows), count: 3)
    var hinted = [Bool](repeating: false, count: rows)
    for (index, song) in graph.songs.enumerated() {
      guard let alignment = song.alignment else { continue }
      // The kept part of the lyrics begins the prefix, so position and row agree there.
      let kept = song.prefix.count { $0 < graph.model.config.lyricsLength }
      let start = graph.ranges[index].lowerBound
      for column in 0...song.song.frames {
        let row = graph.row(index, column: column)
        for (part, place) in [alignment.next, alignment.current, alignment.section].enumerated()
        where place[column] >= 0 && Int(place[column]) < kept {
          targets[part][row] = Int32(start) + place[column]
          hinted[row] = true
        }
      }
    }
    guard hinted.contains(true) else { return nil }
    let losses = tape.attentionHint(
      query: query, key: key, heads: heads, sequences: graph.ranges,
      targets: targets.prefix(heads).enumerated().map { (head: $0.offset, rows: $0.element) })
    return LossTerm(
      "hint", tape, losses, weights: hinted.map { $0 ? weight : 0 }, counted: hinted)
  }
}
