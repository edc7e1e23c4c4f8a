import Gradients
import LeLM

/// Some songs in one matrix, and what LeLM makes of them on a tape.
package struct SequenceGraph {
  let model: TrainableModel
  let songs: [SongSequence]
  /// The rows of each song.
  let ranges: [Range<Int>]
  /// The rotary position of each row.
  let positions: [Int32]

  /// - Parameter columns: how many columns of each song are read; nil for all.
  init(_ model: TrainableModel, _ songs: [SongSequence], columns: (SongSequence) -> Int) {
    self.model = model
    self.songs = songs
    var ranges: [Range<Int>] = []
    var positions: [Int32] = []
    for song in songs {
      let start = positions.count
      positions += song.prefix.map { Int32($0) }
      let first = model.config.prefixLength
      positions += (0..<columns(song)).map { Int32(first + $0) }
      ranges.append(start..<positions.count)
    }
    self.ranges = ranges
    self.positions = positions
  }

  /// The row of a song's column.
  func row(_ index: Int, column: Int) -> Int {
    ranges[index].lowerBound + songs[index].prefix.count + column
  }

  /// How many columns of a song are read.
  private func columns(_ index: Int) -> Int { ranges[index].count - songs[index].prefix.count }

  /// T1's inputs: lyrics, prompt and style, then the mixed row.
  func mixedInput(_ tape: Tape) -> Variable {
    input(tape, endOfText: model.conditions.endOfText, codebooks: [0])
  }

  /// T2's own inputs: the same with T2's prompt, then the sum of the dual-track rows.
  func dualInput(_ tape: Tape) -> Variable {
    input(tape, endOfText: model.conditions.endOfText2, codebooks: [1, 2])
  }

  private func input(_ tape: Tape, endOfText: Parameter, codebooks: [Int]) -> Variable {
    let tables = model.conditions
    let config = model.config
    var lyrics = TableRows(tables.lyrics)
    var structure = TableRows(tables.structure)
    var style = TableRows(tables.style)
    var end = TableRows(endOfText)
    var prompts = codebooks.map { TableRows(tables.prompt[$0]) }
    var tokens = codebooks.map { TableRows(model.embeddings[$0]) }
    for (index, song) in songs.enumerated() {
      for (offset, position) in song.prefix.enumerated() {
        let row = ranges[index].lowerBound + offset
        if position < config.lyricsLength {
          lyrics.append(Int(song.lyrics[position]), to: row)
          structure.append(Int(song.structure[position]), to: row)
        } else if position == config.lyricsLength {
          end.append(0, to: row)
        } else if position < config.lyricsLength + config.promptLength {
          let column = position - config.lyricsLength - 1
          for (part, codebook) in codebooks.enumerated() {
            prompts[part].append(Int(song.prompt[codebook][column]), to: row)
          }
        } else {
          style.append(
            Int(song.style[position - config.lyricsLength - config.promptLength]), to: row)
        }
      }
      for column in 0..<columns(index) {
        for (part, codebook) in codebooks.enumerated() {
          tokens[part].append(
            Int(song.columns[codebook][column]), to: row(index, column: column))
        }
      }
    }
    return tape.sum(
      [lyrics, structure, style, end] + prompts + tokens, rows: positions.count,
      columns: config.main.width)
  }

  /// T1's normed outputs.
  func mixedHidden(
    _ tape: Tape, onAttention: (_ block: Int, _ query: Variable, _ key: Variable) -> Void
  ) -> Variable {
    model.main.forward(
      mixedInput(tape), tape, sequences: ranges, positions: positions, onAttention: onAttention)
  }

  /// T2's normed outputs, given T1's.
  func dualHidden(_ tape: Tape, mixed: Variable) -> Variable {
    let joined = tape.beside(dualInput(tape), mixed)
    let bridge = model.bridge
    let inner = tape.gelu(tape.linear(joined, bridge.input, bias: bridge.inputBias))
    return model.sub.forward(
      tape.linear(inner, bridge.output, bias: bridge.outputBias), tape, sequences: ranges,
      positions: positions)
  }

  /// The losses of a row's tokens.
  package struct RowLoss {
    /// [tokens, 1], in nats.
    let losses: Variable
    /// Which song each token is of.
    let songs: [Int]
    /// Whether a token is an end token.
    let ends: [Bool]
  }

  /// -log p of the tokens of `codebook`, from the outputs `hidden`.
  func loss(_ tape: Tape, codebook: Int, of hidden: Variable) -> RowLoss {
    var rows: [Int] = []
    var classes: [Int32] = []
    var owners: [Int] = []
    for (index, song) in songs.enumerated() {
      for column in 0..<columns(index) {
        guard let target = song.target(row: codebook, after: column, model.config) else {
          continue
        }
        rows.append(row(index, column: column))
        classes.append(target)
        owners.append(index)
      }
    }
    let logits = tape.linear(tape.rows(rows, of: hidden), model.heads[codebook])
    return RowLoss(
      losses: tape.crossEntropy(logits, classes: classes), songs: owners,
      ends: classes.map { $0 == model.config.endToken })
  }
}
