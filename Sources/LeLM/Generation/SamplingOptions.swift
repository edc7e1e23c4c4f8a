/// How tokens are drawn. The defaults are those of the reference's normal mode (generate.py).
public struct SamplingOptions: Sendable, Hashable, Codable {
  /// Divides the logits before the softmax; 0 is greedy.
  public var temperature: Double
  /// Codebook 0 keeps the k likeliest tokens (ties too), the other two the likeliest one; 0 is off.
  public var topK: Int
  /// Nucleus for all codebooks, taken before `topK`; 0 is off.
  public var topP: Double
  /// Classifier-free guidance coefficient: null + (conditional - null) * guidance.
  public var guidance: Double
  /// Whether tokens of the last columns are penalised.
  public var penalty: Bool
  /// How many columns back the penalty looks.
  public var penaltyWindow: Int
  /// Whether the likeliest token is taken always.
  public var greedy: Bool

  public init(
    temperature: Double = 0.8, topK: Int = 5000, topP: Double = 0, guidance: Double = 1.5,
    penalty: Bool = true, penaltyWindow: Int = 50, greedy: Bool = false
  ) {
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
    self.guidance = guidance
    self.penalty = penalty
    self.penaltyWindow = penaltyWindow
    self.greedy = greedy
  }
}
