public import SongStream

/// What one step of a run came to: a line of its log.
public struct RunLogEntry: Sendable, Hashable {
  /// How many steps are done, this one included.
  public var step: Int
  /// By name: `mixed`, `vocal`, `held-out.mixed`. In nats, where nothing else is said.
  public var losses: [String: Double]
  public var learningRate: Double?
  /// The norm of all gradients before clipping.
  public var gradientNorm: Double?
  /// Tokens since the line before.
  public var tokens: Int?
  /// Tokens per second of the clock since the line before.
  public var tokensPerSecond: Double?
  /// Seconds of the clock since the run began, without pauses.
  public var seconds: Double?
  /// Anything else.
  public var extra: [String: JSONValue]

  public init(
    step: Int, losses: [String: Double], learningRate: Double? = nil, gradientNorm: Double? = nil,
    tokens: Int? = nil, extra: [String: JSONValue] = [:]
  ) {
    self.step = step
    self.losses = losses
    self.learningRate = learningRate
    self.gradientNorm = gradientNorm
    self.tokens = tokens
    self.extra = extra
  }

  /// The line as JSON; a loss that is not finite is null.
  public var json: JSONValue {
    var object = extra
    object["step"] = .integer(Int64(step))
    object["loss"] = .object(losses.mapValues { .number($0) })
    object["rate"] = learningRate.map { .number($0) }
    object["gradient"] = gradientNorm.map { .number($0) }
    object["tokens"] = tokens.map { .integer(Int64($0)) }
    object["tokens_s"] = tokensPerSecond.map { .number(($0 * 10).rounded() / 10) }
    object["seconds"] = seconds.map { .number(($0 * 1000).rounded() / 1000) }
    return .object(object)
  }

  /// The entry of a line; nil if it is none.
  public init?(json: JSONValue) {
    guard var members = json.object, let step = members.removeValue(forKey: "step")?.integer,
      step >= 0, let losses = members.removeValue(forKey: "loss")?.object
    else { return nil }
    self.step = Int(step)
    self.losses = losses.mapValues { $0.double ?? .nan }
    learningRate = members.removeValue(forKey: "rate")?.double
    gradientNorm = members.removeValue(forKey: "gradient")?.double
    tokens = members.removeValue(forKey: "tokens")?.integer.map { Int($0) }
    tokensPerSecond = members.removeValue(forKey: "tokens_s")?.double
    seconds = members.removeValue(forKey: "seconds")?.double
    extra = members
  }

  /// The entry for a person: `step 120 of 4000  mixed 1.234  vocal 0.987  rate 0.0012  7400 tokens/s`.
  ///
  /// - Parameter steps: How many there will be.
  public func line(of steps: Int?) -> String {
    var parts = ["step \(step)" + (steps.map { " of \($0)" } ?? "")]
    for (name, loss) in losses.sorted(by: { $0.key < $1.key }) {
      parts.append("\(name) \(Self.short(loss, 4))")
    }
    if let learningRate { parts.append("rate \(Self.short(learningRate, 3))") }
    if let gradientNorm { parts.append("gradient \(Self.short(gradientNorm, 3))") }
    if let tokensPerSecond { parts.append("\(Self.short(tokensPerSecond, 3)) tokens/s") }
    return parts.joined(separator: "  ")
  }

  /// A number to some significant digits.
  private static func short(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
    // Powers of ten up to 22 are exact, and so is a quotient by one of them: `0.0012`.
    var exponent = digits - 1
    while abs(value) >= power(digits - exponent), exponent > -20 { exponent -= 1 }
    while abs(value) < power(digits - exponent - 1), exponent < 22 { exponent += 1 }
    let rounded =
      exponent >= 0
      ? (value * power(exponent)).rounded() / power(exponent)
      : (value / power(-exponent)).rounded() * power(-exponent)
    let isWhole = rounded == rounded.rounded() && abs(rounded) < 1e15
    return isWhole ? "\(Int(rounded))" : "\(rounded)"
  }

  private static func power(_ exponent: Int) -> Double {
    let positive = (0..<abs(exponent)).reduce(1.0) { product, _ in product * 10 }
    return exponent < 0 ? 1 / positive : positive
  }
}
