/// Text from outside, made safe to print on a terminal.
///
/// Control characters, line separators and bidirectional overrides become `\u{…}`; anything after
/// `limit` characters is cut and marked with `…`.
///
///     printable("a\u{1B}[2J")  // Prints as: a\u{1B}[2J
///
/// - Complexity: O(min(`text.count`, `limit`)).
public func printable(_ text: some StringProtocol, limit: Int = 200) -> String {
  var result = ""
  var count = 0
  for scalar in text.unicodeScalars {
    guard count < limit else { return result + "…" }
    count += 1
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    default:
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}
