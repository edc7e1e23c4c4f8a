/// The members of a JSON object with their places in a file.
///
/// Walks over a line that is known to be valid JSON: its values come from the parser of SongStream,
/// only the places from here.
struct JSONFields {
  /// One member of the outermost object.
  struct Field {
    let key: String
    let keyPlace: Place
    let valuePlace: Place
    /// The text of a string value; nil for other values.
    let text: LocatedText?
  }

  private(set) var fields: [Field] = []
  private let scalars: [Unicode.Scalar]
  private let line: Int
  private var index = 0

  init(_ text: String, line: Int) {
    scalars = Array(text.unicodeScalars)
    self.line = line
    read()
  }

  /// The first member of that name.
  subscript(key: String) -> Field? { fields.first { $0.key == key } }

  private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }
  private var place: Place { Place(line: line, column: index + 1) }

  private mutating func read() {
    skip { $0 != "{" }
    index += 1
    while true {
      skip { $0 != "\"" && $0 != "}" }
      guard peek == "\"" else { return }
      let keyPlace = place
      let key = string()
      skip { $0 != ":" }
      index += 1
      skip { " \t\r\n".unicodeScalars.contains($0) }
      let valuePlace = place
      let text = peek == "\"" ? string() : nil
      if text == nil { skipValue() }
      fields.append(
        Field(key: key.string, keyPlace: keyPlace, valuePlace: valuePlace, text: text))
    }
  }

  private mutating func skip(while holds: (Unicode.Scalar) -> Bool) {
    while let scalar = peek, holds(scalar) { index += 1 }
  }

  /// Steps over a value that is no string, up to the `,` or `}` behind it.
  private mutating func skipValue() {
    var depth = 0
    while let scalar = peek {
      switch scalar {
      case "\"":
        _ = string()
        continue
      case "[", "{": depth += 1
      case "]", "}":
        if depth == 0 { return }
        depth -= 1
      case ",":
        if depth == 0 { return }
      default: break
      }
      index += 1
    }
  }

  /// The string whose opening quote is next, each character at the place where it is spelled.
  private mutating func string() -> LocatedText {
    var text = LocatedText()
    index += 1
    while let scalar = peek, scalar != "\"" {
      let start = place
      if scalar == "\\" {
        text.append(escape(), at: start)
      } else {
        text.append(scalar, at: start)
        index += 1
      }
    }
    index += 1
    return text
  }

  private mutating func escape() -> Unicode.Scalar {
    index += 1
    guard let letter = peek else { return "\u{FFFD}" }
    index += 1
    switch letter {
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u": break
    default: return letter
    }
    let unit = hex4()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard (0xD800..<0xDC00).contains(unit), peek == "\\" else { return "\u{FFFD}" }
    index += 2
    let low = hex4()
    guard (0xDC00..<0xE000).contains(low) else { return "\u{FFFD}" }
    return Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func hex4() -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let digit = peek.flatMap { Character($0).hexDigitValue } ?? 0
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }
}
