import Gradients

/// A part of a loss: values on the tape, and how much each counts.
struct LossTerm {
  /// What the log calls it.
  let name: String
  let variable: Variable
  let weights: [Float]
  /// What its log entry is the mean of: the sum of values and their number.
  let sum: Double
  let count: Double

  /// - Parameters:
  ///   - weights: the derivative of the loss with respect to each value.
  ///   - counted: which values are averaged for the log; nil for all.
  init(
    _ name: String, _ tape: Tape, _ variable: Variable, weights: [Float], counted: [Bool]? = nil
  ) {
    self.name = name
    self.variable = variable
    self.weights = weights
    var (sum, count) = (0.0, 0.0)
    for (index, value) in tape.values(of: variable).enumerated() where counted?[index] ?? true {
      sum += Double(value)
      count += 1
    }
    self.sum = sum
    self.count = count
  }
}

/// Losses of a step by name, as means over tokens.
public struct LossMeans: Sendable {
  private var sums: [String: (sum: Double, count: Double)] = [:]

  public init() {}

  mutating func add(_ term: LossTerm) {
    add(term.name, sum: term.sum, count: term.count)
  }

  mutating func add(_ name: String, sum: Double, count: Double) {
    let old = sums[name] ?? (0, 0)
    sums[name] = (old.sum + sum, old.count + count)
  }

  mutating func add(_ other: LossMeans) {
    for (name, value) in other.sums { add(name, sum: value.sum, count: value.count) }
  }

  /// The means.
  public var values: [String: Double] {
    sums.compactMapValues { $0.count > 0 ? $0.sum / $0.count : nil }
  }
}
