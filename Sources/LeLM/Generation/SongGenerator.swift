public import Neural

/// Makes one song's tokens, frame by frame.
///
/// Columns are produced left to right. In each, T1 makes the mixed token; once the delay of the dual
/// tracks is over, T2 makes theirs from the same column's T1 output. What is known beforehand runs
/// batched: T2's prefix with its delay region, and T1's columns after its end token.
///
/// The song ends at the smallest frame at which any codebook has its end token, so generation stops
/// as soon as all codebooks have reached that frame; stepping on, as the reference does, cannot
/// change the frames before it.
public final class SongGenerator {
  /// What became known.
  public enum Event: Sendable, Hashable {
    /// The next mixed token.
    case mixed(Int32)
    /// The next vocal and accompaniment tokens.
    case dual(vocal: Int32, accompaniment: Int32)
  }

  /// How a song ended.
  public struct Ending: Sendable, Hashable {
    /// Frames of the song: those before the first end token of any codebook.
    public let frames: Int
    /// Whether a codebook ended it; otherwise the asked duration did.
    public let endTokenSeen: Bool
  }

  private let model: LanguageModel
  private let pattern: DelayPattern
  private var sampler: Sampler
  private let decoder: TrackDecoder
  private let conditions: ConditionIDs
  private let store: PrefixStore?
  private let given: [[Int32]]
  /// T1's outputs of the prefix, once they are known.
  private var prefixOutputs: TrackDecoder.PrefixOutputs?
  private var dualPrefixIsRead = false
  private let special: Int32
  private let end: Int32
  /// Tokens as written to columns 1 and up, [3]; column 0 is special in all.
  private var written: [[Int32]] = [[], [], []]
  /// Tokens of each codebook before its end token, [3].
  private var frames: [[Int32]] = [[], [], []]
  /// The frame of each codebook's end token.
  private var endFrames: [Int?] = [nil, nil, nil]
  private var emittedMixed = 0
  private var emittedDual = 0
  /// Stop as soon as the song is known; off only to compare with the reference's untrimmed rows.
  package var stopsEarly = true

  /// - Parameters:
  ///   - frames: the longest the song may get, at least 1.
  ///   - banned: mixed tokens of the prompt, which codebook 0 never takes again.
  ///   - arithmetic: nil for the model's own.
  ///   - store: what earlier songs of the same model left; changes no bit.
  ///   - given: frames of the song that are known, [3][any count]: the song goes on after them. They
  ///     are read one by one, as if they had been drawn, so that a song that is continued from its
  ///     own beginning is the same song to the last bit.
  public init(
    model: LanguageModel, conditions: ConditionIDs, frames: Int, options: SamplingOptions,
    banned: Set<Int32>, uniforms: UniformSource, given: [[Int32]] = [[], [], []],
    arithmetic: Arithmetic? = nil, store: PrefixStore? = nil, pool: ThreadPool
  ) {
    self.given = given
    self.model = model
    self.store = store
    self.conditions = conditions
    pattern = DelayPattern(delays: model.config.delays, frames: max(1, frames))
    sampler = Sampler(options: options, banned: banned, uniforms: uniforms)
    decoder = TrackDecoder(
      model, columns: pattern.columns, arithmetic: arithmetic, pool: pool)
    special = model.config.specialToken
    end = model.config.endToken
  }

  /// Runs to the end of the song.
  ///
  /// - Parameter emit: is called with frames in order, as they become known. The mixed track may run
  ///   past the song's end by up to the delay, when a dual track ends the song first.
  /// - Throws: ``LeLMError/request(_:)`` if an id has no row; whatever `emit` throws.
  public func run(_ emit: (Event) throws -> Void) throws -> Ending {
    let (mixedPrefix, dualPrefix) = try model.prefixes(conditions)
    // T2's inputs are special up to this column.
    let lead = min(pattern.delays[1], pattern.delays[2])
    let last = pattern.columns - 1
    var ahead = PositionQueue(width: model.config.main.width)

    let prefixOutputs =
      self.prefixOutputs
      ?? decoder.readMixedPrefix(mixedPrefix, ids: conditions, store: store)
    self.prefixOutputs = prefixOutputs
    var output = decoder.advanceMixed(prefix: nil, columns: [special])
    ahead.append(output)
    var mixedLogits = decoder.logits(codebook: 0, of: output, position: 0)
    var mixedColumns = 1
    var dual: (output: FloatBuffer, position: Int)?
    func startDual() {
      let nothing = [Int32](repeating: special, count: lead + 1)
      if !dualPrefixIsRead {
        decoder.readDualPrefix(dualPrefix, mixed: prefixOutputs, store: store)
        dualPrefixIsRead = true
      }
      dual = (
        decoder.advanceDual(
          prefix: nil, columns: [nothing, nothing], mixed: ahead.take(lead + 1)), lead
      )
    }
    if lead == 0 { startDual() }

    for column in 1...last {
      write(codebook: 0, column: column) { mixedLogits }
      for codebook in 1...2 {
        write(codebook: codebook, column: column) {
          dual.map {
            decoder.logits(codebook: codebook, of: $0.output, position: $0.position)
          }
        }
      }
      try emitKnown(emit)
      if column == last || isDone { break }
      if mixedColumns == column {
        let known = knownMixedColumns(from: column)
        output = decoder.advanceMixed(prefix: nil, columns: known)
        ahead.append(output)
        mixedColumns += known.count
        if known.count == 1, !mixedIsOver(after: column), !isGiven(0, column: column + 1) {
          mixedLogits = decoder.logits(codebook: 0, of: output, position: 0)
        }
      }
      if column == lead {
        startDual()
      } else if column > lead {
        let columns = [[written[1][column - 1]], [written[2][column - 1]]]
        dual = (
          decoder.advanceDual(prefix: nil, columns: columns, mixed: ahead.take(1)), 0
        )
      }
    }
    return Ending(frames: cut, endTokenSeen: endFrames.contains { $0 != nil })
  }

  /// Begins another song of the same request, whose prefix need not be read again: ``run(_:)`` makes
  /// the same song then as a new generator with these random numbers would.
  public func restart(_ uniforms: UniformSource) {
    sampler = sampler.drawing(uniforms)
    (written, frames, endFrames) = ([[], [], []], [[], [], []], [nil, nil, nil])
    (emittedMixed, emittedDual) = (0, 0)
    if prefixOutputs != nil { decoder.rewind(dual: dualPrefixIsRead) }
  }

  /// [3][frames] after the delay is reverted, special where nothing was written: the reference's
  /// rows before it trims them.
  package var untrimmed: [[Int32]] {
    pattern.revert(written.map { [special] + $0 }, missing: special)
  }

  /// Frames of the song as far as it is known.
  private var cut: Int {
    endFrames.compactMap { $0 }.min() ?? pattern.frames
  }

  private var isDone: Bool {
    (0..<3).allSatisfy { codebook in
      endFrames[codebook] != nil || (stopsEarly && frames[codebook].count >= cut)
    }
  }

  /// Whether `codebook` has a known frame in `column`.
  private func isGiven(_ codebook: Int, column: Int) -> Bool {
    pattern.frame(codebook: codebook, column: column).map { $0 < given[codebook].count } ?? false
  }

  /// Whether codebook 0 has no choice left to make after `column`.
  private func mixedIsOver(after column: Int) -> Bool {
    endFrames[0] != nil || pattern.column(codebook: 0, frame: pattern.frames - 1) <= column
  }

  /// The columns of codebook 0 that T1 can read at once: `column`, or, once the mixed track is over,
  /// everything that T2 may still ask for.
  private func knownMixedColumns(from column: Int) -> [Int32] {
    let first = written[0][column - 1]
    guard mixedIsOver(after: column) else { return [first] }
    let longest = max(pattern.delays[1], pattern.delays[2])
    let needed = stopsEarly ? min(pattern.columns - 2, longest + cut - 1) : pattern.columns - 2
    return [first] + repeatElement(special, count: max(0, needed - column))
  }

  /// Decides what `codebook` has in `column`; `logits` is asked only where there is a choice.
  private func write(codebook: Int, column: Int, logits: () -> FloatBuffer?) {
    guard let frame = pattern.frame(codebook: codebook, column: column), endFrames[codebook] == nil
    else {
      written[codebook].append(special)
      return
    }
    if frame < given[codebook].count {
      written[codebook].append(given[codebook][frame])
      frames[codebook].append(given[codebook][frame])
      return
    }
    guard let rows = logits() else {
      written[codebook].append(special)
      return
    }
    let adjusted = sampler.adjusted(rows, codebook: codebook, history: written[codebook])
    let token = sampler.choose(adjusted, codebook: codebook, column: column)
    written[codebook].append(token)
    if token == end {
      endFrames[codebook] = frame
    } else {
      frames[codebook].append(token)
    }
  }

  private func emitKnown(_ emit: (Event) throws -> Void) throws {
    while emittedMixed < min(frames[0].count, cut) {
      try emit(.mixed(frames[0][emittedMixed]))
      emittedMixed += 1
    }
    while emittedDual < min(frames[1].count, frames[2].count, cut) {
      try emit(.dual(vocal: frames[1][emittedDual], accompaniment: frames[2][emittedDual]))
      emittedDual += 1
    }
  }
}
