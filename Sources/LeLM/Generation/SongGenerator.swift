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
  private let sampler: Sampler
  private let decoder: TrackDecoder
  private let conditions: ConditionIDs
  private let special: Int32
  private let end: Int32
  /// Tokens as written, [3], columns 1 and up; column 0 is special in all.
  private var written: [[Int32]] = [[], [], []]
  private var ended = [false, false, false]
  /// The frame of each codebook's end token.
  private var endFrame: [Int?] = [nil, nil, nil]
  private var emitted = (mixed: 0, dual: 0)
  /// Stop as soon as the song is known; off only to compare with the reference's untrimmed rows.
  package var stopsEarly = true
  /// Is shown each column's adjusted logits: column, codebook, [2, C + 1] before, values after.
  package var inspect: ((Int, Int, FloatBuffer, Logits) -> Void)?

  /// - Parameters:
  ///   - frames: the longest the song may get, 1...`model.config.maxFrames`.
  ///   - banned: mixed tokens of the prompt, which codebook 0 never takes again.
  public init(
    model: LanguageModel, conditions: ConditionIDs, frames: Int, options: SamplingOptions,
    banned: Set<Int32>, uniforms: UniformSource, pool: ThreadPool
  ) {
    self.model = model
    self.conditions = conditions
    pattern = DelayPattern(delays: model.config.delays, frames: frames)
    sampler = Sampler(options: options, banned: banned, uniforms: uniforms)
    decoder = TrackDecoder(model, columns: pattern.columns, pool: pool)
    special = model.config.specialToken
    end = model.config.endToken
  }

  /// Runs to the end of the song.
  ///
  /// - Parameter emit: is called with frames in order, as they become known. The mixed track may run
  ///   past the song's end by up to the delay, when a dual track ends the song first.
  /// - Returns: the ending, nil if `emit` returned false to stop.
  /// - Throws: ``LeLMError/request(_:)`` if an id has no row.
  public func run(_ emit: (Event) throws -> Bool) throws -> Ending? {
    let (prefix, dualPrefix) = try model.prefixes(conditions)
    let position = model.config.prefixLength
    let lead = min(pattern.delays[1], pattern.delays[2])
    let last = pattern.columns - 1
    // T1's outputs of columns that T2 has not read yet; the first block starts with the prefix.
    var ahead: [FloatBuffer] = [decoder.advanceMixed(prefix: prefix, columns: [special])]
    var mixedLogits = decoder.logits(codebook: 0, of: ahead[0], position: position)
    var mixedColumns = 1
    var dual: FloatBuffer?
    var dualPosition = 0
    for column in 1...max(last, 1) {
      write(codebook: 0, column: column) {
        sampler.adjusted($0, codebook: 0, history: written[0])
      } logits: {
        mixedLogits
      }
      if let output = dual {
        for codebook in 1...2 {
          let logits = decoder.logits(codebook: codebook, of: output, position: dualPosition)
          write(codebook: codebook, column: column) {
            sampler.adjusted($0, codebook: codebook, history: written[codebook])
          } logits: {
            logits
          }
        }
      } else {
        written[1].append(special)
        written[2].append(special)
      }
      guard try emitKnown(emit) else { return nil }
      if column == last || isDone { break }
      if mixedColumns == column {
        let tail = mixedIsOver(after: column)
        let known = tail ? tailTokens(from: column, to: last - 1) : [written[0][column - 1]]
        let output = decoder.advanceMixed(prefix: nil, columns: known)
        mixedColumns += known.count
        if !tail { mixedLogits = decoder.logits(codebook: 0, of: output, position: 0) }
        ahead.append(output)
      }
      if column == lead || (dual == nil && column > lead) {
        // Everything up to this column is known to T2: its first batch.
        let columns = [Int32](repeating: special, count: column + 1)
        let mixed = join(&ahead, count: position + column + 1)
        dual = decoder.advanceDual(
          prefix: dualPrefix, columns: [columns, columns], mixed: mixed)
        dualPosition = position + column
      } else if dual != nil {
        dual = decoder.advanceDual(
          prefix: nil, columns: [[written[1][column - 1]], [written[2][column - 1]]],
          mixed: join(&ahead, count: 1))
        dualPosition = 0
      } else if lead == 0, column == 1 {
        preconditionFailure("unreachable: a lead of 0 starts T2 before the loop")
      }
    }
    return Ending(frames: cut, endTokenSeen: endFrame.contains { $0 != nil })
  }
}
