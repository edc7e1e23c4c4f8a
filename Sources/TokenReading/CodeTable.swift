import Glibc

/// How often each code went with each of some states.
public struct CodeTable: Sendable, Hashable {
  public let states: Int
  public let codes: Int
  /// [states, codes].
  public private(set) var counts: [Float]

  public init(states: Int, codes: Int) {
    self.states = states
    self.codes = codes
    counts = Array(repeating: 0, count: states * codes)
  }

  /// Counts a frame; what lies outside of the table is passed over.
  public mutating func add(state: Int, code: UInt16, _ count: Float = 1) {
    guard (0..<states).contains(state), Int(code) < codes else { return }
    counts[state * codes + Int(code)] += count
  }

  public subscript(state: Int, code: UInt16) -> Float {
    guard (0..<states).contains(state), Int(code) < codes else { return 0 }
    return counts[state * codes + Int(code)]
  }

  /// How often the code came at all.
  public func total(code: UInt16) -> Float {
    (0..<states).reduce(0) { $0 + self[$1, code] }
  }

  /// log P(code | state), [states, codes], with `more` added to every count.
  func logarithms(adding more: Float) -> [Float] {
    var result = counts
    for state in 0..<states {
      let row = state * codes..<(state + 1) * codes
      let sum = result[row].reduce(0) { $0 + Double($1) } + Double(more) * Double(codes)
      for index in row { result[index] = Float(log((Double(result[index]) + Double(more)) / sum)) }
    }
    return result
  }
}
