import Diagnostics

/// Text that is safe between tags and in attributes, whatever it holds: control characters and marks
/// that turn the direction of writing are shown, not obeyed.
func html(_ text: String, limit: Int = 4000) -> String {
  var result = ""
  for character in printable(text, limit: limit).unicodeScalars {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.unicodeScalars.append(character)
    }
  }
  return result
}

/// A number with at most `places` decimal places, for a person and for SVG.
func number(_ value: Double, _ places: Int) -> String {
  guard value.isFinite, abs(value) < 1e9 else { return "–" }
  var scale = 1.0
  for _ in 0..<places { scale *= 10 }
  let units = Int((abs(value) * scale).rounded())
  let sign = value < 0 && units > 0 ? "-" : ""
  guard places > 0 else { return sign + String(units) }
  let fraction = String(units % Int(scale))
  return sign + String(units / Int(scale)) + "."
    + String(repeating: "0", count: places - fraction.count) + fraction
}

/// `m:ss`.
func clock(_ seconds: Double) -> String {
  let whole = Int(min(max(0, seconds), 1e9))
  return "\(whole / 60):" + (whole % 60 < 10 ? "0" : "") + "\(whole % 60)"
}
