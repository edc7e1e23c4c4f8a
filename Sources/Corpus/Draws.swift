import Neural

/// Random choices, one after the other, from a seed: the same on every machine.
struct Draws {
  private let numbers: Philox
  private var counter: UInt64 = 0

  /// The choices of `purpose` under `seed`; purposes do not disturb each other.
  init(seed: UInt64, purpose: Purpose) {
    numbers = Philox(seed: seed, stream: 0x636F_7270_7573_0000 | purpose.rawValue)
  }

  /// What is chosen.
  enum Purpose: UInt64 {
    case plan, tune, noise
  }

  /// A number in `0 ..< count`; 0 if there is none.
  mutating func below(_ count: Int) -> Int {
    defer { counter += 1 }
    return min(max(0, count - 1), Int(numbers.uniform(at: counter) * Double(count)))
  }

  /// True with this probability.
  mutating func chance(_ probability: Double) -> Bool {
    defer { counter += 1 }
    return numbers.uniform(at: counter) < probability
  }

  /// A number in -1 ..< 1.
  mutating func symmetric() -> Float {
    defer { counter += 1 }
    return Float(2 * numbers.uniform(at: counter) - 1)
  }

  /// One of some choices, of which there must be any.
  mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[below(choices.count)] }
}
