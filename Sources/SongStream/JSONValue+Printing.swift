extension JSONValue {
  /// The value as one line of JSON that is safe on a terminal: control characters, line separators
  /// and bidirectional overrides are escaped, whatever the value holds.
  ///
  /// - Complexity: as ``encoded()``.
  public func printed() -> String {
    var result = ""
    for scalar in String(decoding: encoded(), as: UTF8.self).unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
        .unassigned:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          result += #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
        }
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
