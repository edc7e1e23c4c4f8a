import SongStream
import ToolSupport

/// The options that a song was made with, as its history has them.
///
/// They come from outside: numbers beyond what the flags allow count as not recorded.
struct RecordedOptions {
  private let options: [String: JSONValue]

  /// What this tool noted last in the history of `header`, nil if it had no part in the song.
  init?(_ header: SongHeader) {
    let own = header.history.last { $0.tool == LM.toolName && $0.extra["song"] == nil }
    guard let own else { return nil }
    options = own.options
  }

  var temperature: Double? { number("temp", 0...100) }
  var topK: Int? { integer("top_k", 0...Int(Int32.max)) }
  var topP: Double? { number("top_p", 0...1) }
  var guidance: Double? { number("cfg", 0...100) }
  var penalty: Bool? { options["penalty"]?.bool }
  var penaltyWindow: Int? { integer("penalty_window", 0...100_000) }
  var greedy: Bool? { options["greedy"]?.bool }
  var precision: Precision? { options["precision"]?.string.flatMap(Precision.init(rawValue:)) }
  var duration: Double? { number("duration", 0...3600) }

  private func number(_ key: String, _ range: ClosedRange<Double>) -> Double? {
    options[key]?.double.flatMap { range.contains($0) ? $0 : nil }
  }

  private func integer(_ key: String, _ range: ClosedRange<Int>) -> Int? {
    options[key]?.integer.flatMap { Int(exactly: $0) }.flatMap { range.contains($0) ? $0 : nil }
  }
}
