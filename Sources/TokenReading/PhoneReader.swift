/// Reads the phones of a row of tokens: the likeliest path through 40 states, one of which is that
/// nothing is sung (Viterbi; emission and transition by counts).
public struct PhoneReader: Sendable {
  private static let states = TokenStatistics.phoneStates

  private let codes: Int
  /// log P(code | state), [states, codes].
  private let emission: [Float]
  /// log P(state | state before), [to, from].
  private let transition: [Float]

  /// - Parameter table: ``TokenStatistics/vocalPhones`` or ``TokenStatistics/mixedPhones``.
  public init(_ table: CodeTable, following: [Float]) {
    codes = table.codes
    emission = table.logarithms(adding: 0.02)
    var steps = CodeTable(states: Self.states, codes: Self.states)
    for from in 0..<Self.states {
      for to in 0..<Self.states where from * Self.states + to < following.count {
        steps.add(state: from, code: UInt16(to), following[from * Self.states + to])
      }
    }
    let rows = steps.logarithms(adding: 0.05)
    transition = (0..<Self.states * Self.states).map {
      rows[$0 % Self.states * Self.states + $0 / Self.states]
    }
  }

  /// The state of each frame: 0 where nothing is sung, else 1 + the place of the phone. A song begins
  /// after nothing; a token that is no code says nothing.
  ///
  /// - Complexity: O(1600 frames).
  public func states(_ row: [UInt16]) -> [UInt8] {
    guard !row.isEmpty else { return [] }
    let states = Self.states
    var score = [Float](repeating: -.greatestFiniteMagnitude, count: states)
    score[0] = 0
    var next = score
    var origins = [UInt8](repeating: 0, count: row.count * states)
    for (frame, code) in row.enumerated() {
      for to in 0..<states {
        var best = -Float.infinity
        var origin = 0
        for from in 0..<states {
          let candidate = score[from] + transition[to * states + from]
          if candidate > best { (best, origin) = (candidate, from) }
        }
        next[to] = best + (Int(code) < codes ? emission[to * codes + Int(code)] : 0)
        origins[frame * states + to] = UInt8(origin)
      }
      swap(&score, &next)
    }
    var state = 0
    for other in 1..<states where score[other] > score[state] { state = other }
    var path = [UInt8](repeating: 0, count: row.count)
    for frame in row.indices.reversed() {
      path[frame] = UInt8(state)
      state = Int(origins[frame * states + state])
    }
    return path
  }

  /// The phones of a path, each once however long it is held.
  public static func phones(_ path: [UInt8]) -> [UInt8] {
    path.indices.filter { path[$0] != 0 && ($0 == 0 || path[$0] != path[$0 - 1]) }
      .map { path[$0] }
  }
}
