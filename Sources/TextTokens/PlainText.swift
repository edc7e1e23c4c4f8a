@_spi(_Unicode) import Swift

/// Text operations that agree with the reference's scalar by scalar.
///
/// Swift's own work on characters and by canonical equivalence, which would differ.
package enum PlainText {
  /// One pass from the left in which each pair of spaces becomes one: three become two, four two.
  static func halvingSpaces(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var pending = false
    for scalar in text.unicodeScalars {
      if scalar == " " {
        if pending { result.append(scalar) }
        pending.toggle()
      } else {
        if pending { result.append(" ") }
        pending = false
        result.append(scalar)
      }
    }
    if pending { result.append(" ") }
    return String(result)
  }

  /// Unicode normalisation form C.
  package static func composed(_ text: String) -> String {
    var expanded = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      // Three Tibetan vowels are starters whose parts are none: the standard library (6.3) does not
      // bring these parts into order with marks before them unless they are taken apart first.
      switch scalar {
      case "\u{F73}": expanded.append(contentsOf: "\u{F71}\u{F72}".unicodeScalars)
      case "\u{F75}": expanded.append(contentsOf: "\u{F71}\u{F74}".unicodeScalars)
      case "\u{F81}": expanded.append(contentsOf: "\u{F71}\u{F80}".unicodeScalars)
      default: expanded.append(scalar)
      }
    }
    var composed = String.UnicodeScalarView()
    for scalar in String(expanded)._nfc { composed.append(scalar) }
    return String(composed)
  }

  /// Full lower-casing: a capital sigma at the end of a word becomes `ς`, U+0130 two scalars.
  ///
  /// - Complexity: O(n).
  static func lowercase(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      if scalar == "\u{3A3}" {
        result.append(isFinalSigma(scalars, index) ? "\u{3C2}" : "\u{3C3}")
      } else {
        result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return String(result)
  }

  /// Whether a cased letter stands before and none after, ignoring what is case-ignorable.
  private static func isFinalSigma(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
    guard let before, before.properties.isCased else { return false }
    let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
    return after.map { !$0.properties.isCased } ?? true
  }

  /// Whether `part` occurs in `text`, byte for byte.
  static func contains(_ text: String, _ part: String) -> Bool {
    let text = Array(text.utf8)
    let part = Array(part.utf8)
    guard text.count >= part.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
  }
}
