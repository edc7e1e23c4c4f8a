/// How far the numbers of a tensor moved when it was rewritten.
public struct RoundingError: Sendable, Hashable {
  /// The tensor, and what became of it.
  public let name: String
  public let form: String
  /// Root of the mean square difference over that of the numbers.
  public var relative: Double { squares == 0 ? 0 : (errors / squares).squareRoot() }
  /// The largest difference.
  public private(set) var largest = 0.0

  private var errors = 0.0
  private var squares = 0.0

  init(_ name: String, _ form: String) {
    self.name = name
    self.form = form
  }

  /// Takes some numbers and what became of them.
  mutating func add(_ before: UnsafeBufferPointer<Float>, _ after: UnsafePointer<Float>) {
    for index in before.indices {
      let difference = Double(after[index]) - Double(before[index])
      errors += difference * difference
      squares += Double(before[index]) * Double(before[index])
      largest = max(largest, difference.magnitude)
    }
  }
}
