/// What text without quotes means in YAML, by the rules that the official configurations are read
/// with: YAML 1.1, where moreover `1e-4` is a number.
enum PlainScalar {
  static func value(_ text: String) -> ConfigValue {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": return .bool(true)
    case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": return .bool(false)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .number(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .number(-.infinity)
    case ".nan", ".NaN", ".NAN": return .number(.nan)
    default: break
    }
    if let integer = integer(text) { return .integer(integer) }
    if let number = number(text) { return .number(number) }
    return .string(text)
  }

  /// Decimal, hexadecimal (`0x1f`) or octal (`017`), with a sign or without.
  private static func integer(_ text: String) -> Int? {
    let negative = text.hasPrefix("-")
    let digits = negative || text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard let first = digits.utf8.first, isDigit(first) else { return nil }
    let magnitude: Int?
    if digits.hasPrefix("0x") {
      let hexadecimal = digits.dropFirst(2)
      magnitude = hexadecimal.allSatisfy(\.isHexDigit) ? Int(hexadecimal, radix: 16) : nil
    } else if first == UInt8(ascii: "0"), digits.utf8.count > 1 {
      magnitude = Int(digits, radix: 8)
    } else {
      magnitude = Int(digits)
    }
    return magnitude.map { negative ? -$0 : $0 }
  }

  private static func number(_ text: String) -> Double? {
    guard text.utf8.contains(where: isDigit),
      text.utf8.allSatisfy({ isDigit($0) || ".eE+-".utf8.contains($0) })
    else { return nil }
    return Double(text)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
