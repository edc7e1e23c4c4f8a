import Glibc

/// The probabilities that a token is drawn from.
package struct TokenDistribution {
  /// Tokens in the order in which the cumulative sum runs, and their probabilities.
  private(set) package var entries: [(token: Int32, probability: Double)]

  /// The softmax of `logits / temperature`.
  package init(_ logits: Logits, temperature: Double) {
    let divisor = Float(temperature)
    let scaled = logits.values.map { $0 / divisor }
    let top = scaled.max() ?? 0
    let weights = scaled.map { exp(Double($0 - top)) }
    let total = weights.reduce(0, +)
    entries = weights.enumerated().map { (Int32($0.offset), $0.element / total) }
  }

  /// Keeps every token at least as likely as the k-th, in index order, and renormalises.
  package mutating func keepTop(_ k: Int) {
    guard k < entries.count else { return }
    let threshold = Self.kth(k, of: entries.map(\.probability))
    entries.removeAll { $0.probability < threshold }
    renormalise()
  }

  /// Keeps the nucleus: in descending order, drops tokens whose predecessors sum to more than `p`.
  package mutating func keepNucleus(_ p: Double) {
    entries.sort { ($0.probability, $1.token) > ($1.probability, $0.token) }
    var before = 0.0
    var kept = 0
    for entry in entries {
      guard before <= p else { break }
      before += entry.probability
      kept += 1
    }
    entries.removeSubrange(kept...)
    renormalise()
  }

  /// The first token whose cumulative probability exceeds `uniform` of the total.
  package func draw(_ uniform: Double) -> Int32 {
    let total = entries.reduce(0) { $0 + $1.probability }
    var sum = 0.0
    for entry in entries {
      sum += entry.probability
      if sum > uniform * total { return entry.token }
    }
    return entries.last { $0.probability > 0 }?.token ?? 0
  }

  private mutating func renormalise() {
    let total = entries.reduce(0) { $0 + $1.probability }
    for index in entries.indices { entries[index].probability /= total }
  }

  /// The k-th largest of `values`, k >= 1, by quickselect.
  static func kth(_ k: Int, of values: [Double]) -> Double {
    var (low, high) = (0, values.count - 1)
    var values = values
    let target = max(k, 1) - 1
    while low < high {
      let pivot = values[low + (high - low) / 2]
      var (i, j) = (low, high)
      while i <= j {
        while values[i] > pivot { i += 1 }
        while values[j] < pivot { j -= 1 }
        if i <= j {
          values.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if target <= j { high = j } else if target >= i { low = i } else { break }
    }
    return values[target]
  }
}
