/// Sums and products in text, as `${eval:…}` of a configuration has them.
///
///     Arithmetic.evaluate("10*25+2")  // integer(252)
///
/// Integers stay integers; `/` gives a number, as in Python.
struct Arithmetic {
  private var rest: Substring
  private var depth = 0

  /// The value, or `nil` when the text is anything else, or out of range.
  static func evaluate(_ text: String) -> ConfigValue? {
    guard text.utf8.count <= 1024 else { return nil }
    var reader = Arithmetic(rest: text[...])
    guard let value = reader.sum() else { return nil }
    reader.skip()
    return reader.rest.isEmpty ? value : nil
  }

  private mutating func sum() -> ConfigValue? {
    guard var left = product() else { return nil }
    while let sign = take("+-") {
      guard let right = product(), let value = Self.apply(sign, left, right) else { return nil }
      left = value
    }
    return left
  }

  private mutating func product() -> ConfigValue? {
    guard var left = factor() else { return nil }
    while let sign = take("*/") {
      guard let right = factor(), let value = Self.apply(sign, left, right) else { return nil }
      left = value
    }
    return left
  }

  private mutating func factor() -> ConfigValue? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 32 else { return nil }
    if take("-") != nil { return factor().flatMap { Self.apply("-", .integer(0), $0) } }
    if take("(") != nil {
      guard let value = sum(), take(")") != nil else { return nil }
      return value
    }
    let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    rest = rest.dropFirst(digits.count)
    if let integer = Int(digits) { return .integer(integer) }
    return Double(digits).map(ConfigValue.number)
  }

  private mutating func skip() { rest = rest.drop { $0 == " " } }

  private mutating func take(_ signs: String) -> Character? {
    skip()
    guard let first = rest.first, signs.contains(first) else { return nil }
    rest = rest.dropFirst()
    skip()
    return first
  }

  private static func apply(_ sign: Character, _ a: ConfigValue, _ b: ConfigValue) -> ConfigValue? {
    if case .integer(let a) = a, case .integer(let b) = b, sign != "/" {
      let (value, overflow) =
        switch sign {
        case "+": a.addingReportingOverflow(b)
        case "-": a.subtractingReportingOverflow(b)
        default: a.multipliedReportingOverflow(by: b)
        }
      return overflow ? nil : .integer(value)
    }
    guard let a = number(a), let b = number(b) else { return nil }
    let value =
      switch sign {
      case "+": a + b
      case "-": a - b
      case "*": a * b
      default: a / b
      }
    return value.isFinite ? .number(value) : nil
  }

  private static func number(_ value: ConfigValue) -> Double? {
    switch value {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}
