import Diagnostics

/// One state of a ``Progress``, as text and as JSON.
package struct ProgressReport {
  package var tool: String
  package var song: String
  package var stage: String
  /// Seconds of audio.
  package var done: Double
  /// Seconds of audio, nil when not known.
  package var total: Double?
  /// Seconds of the clock.
  package var elapsed: Double

  package init(
    tool: String, song: String, stage: String, done: Double, total: Double?, elapsed: Double
  ) {
    self.tool = tool
    self.song = song
    self.stage = stage
    self.done = done
    self.total = total
    self.elapsed = elapsed
  }

  /// Seconds of audio per second; nil until there is something to measure.
  package var rate: Double? { elapsed > 0.05 && done > 0 ? done / elapsed : nil }

  /// Seconds of the clock still to go.
  package var remaining: Double? {
    guard let rate, let total else { return nil }
    return max(0, total - done) / rate
  }

  /// `sg-mix: walk  mix 62 %  0:19 / 0:31  3.1 x real time  0:04 left`.
  package var line: String {
    var parts = ["\(tool): \(printable(song, limit: 40))"]
    if let total, total > 0 {
      parts.append("\(stage) \(Int(min(1, max(0, done / total)) * 100)) %")
      parts.append("\(minutes(done)) / \(minutes(total))")
    } else {
      parts.append(stage)
      parts.append(minutes(done))
    }
    if let rate { parts.append("\(decimal(rate, places: 1)) x real time") }
    if let remaining { parts.append("\(minutes(remaining.rounded(.up))) left") }
    return parts.joined(separator: "  ")
  }

  /// `{"tool":…,"song":…,"stage":…,"done":…,"total":…,"rate":…,"eta_s":…,"elapsed_s":…}`.
  package var json: String {
    func number(_ value: Double?) -> String { value.map { decimal($0, places: 3) } ?? "null" }
    return "{\"tool\":\(jsonString(tool)),\"song\":\(jsonString(song)),"
      + "\"stage\":\(jsonString(stage)),\"done\":\(number(done)),\"total\":\(number(total)),"
      + "\"rate\":\(number(rate)),\"eta_s\":\(number(remaining)),\"elapsed_s\":\(number(elapsed))}"
  }
}

/// `text` as a JSON string with its quotes.
private func jsonString(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case _ where scalar.value < 0x20:
      let hex = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
