import Neural

/// The random numbers of one training step: a pure function of the run's seed and the step, so that a
/// run that is resumed draws what it would have drawn.
struct StepDraws {
  private let source: Philox
  private var counter: UInt64 = 0

  init(seed: UInt64, step: Int) {
    source = Philox(seed: seed, stream: UInt64(step))
  }

  /// In [0, 1).
  mutating func uniform() -> Double {
    defer { counter += 1 }
    return source.uniform(at: counter)
  }

  /// In 0..<count.
  mutating func index(_ count: Int) -> Int {
    min(count - 1, Int(uniform() * Double(count)))
  }

  /// Whether something of that probability happens.
  mutating func happens(_ probability: Double) -> Bool { uniform() < probability }
}
