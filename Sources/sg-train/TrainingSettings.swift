import Diagnostics
import Gradients
import LeLMTraining
import SongStream
import ToolSupport

/// The settings of a run, as they stand in a file and in the run's folder.
///
/// Every key has a default; a key that is not known is refused.
struct TrainingSettings {
  /// A model directory: configuration, tokenizers, and the language model to begin with, if any.
  var model = ""
  /// Files of songs by kind.
  var data: [String: [String]] = [:]
  var steps = 1000
  /// Into how many parts a batch is cut: what threads can share.
  var shares = 4
  var batch = BatchPlan()
  var rate = (peak: 0.002, warmUp: 100, floor: 0.03)
  var adam = Adam.Settings()
  var endWeight = 1.0
  var hint: AttentionHint?
  /// After which share of the steps the hint counts as `hintLate`.
  var hintLateFrom = 0.4
  var hintLate = 0.15
  /// Steps between checkpoints, and between lines of the log.
  var save = 500
  var log = 10
  /// Of stage 3.
  var preference = PreferenceObjective()

  init() {}

  init(json: JSONValue, file: String) throws(ToolFailure) {
    var keys = SettingsReader(json, file: file)
    model = try keys.text("model") ?? model
    for (kind, value) in try keys.table("data") ?? [:] {
      let paths = value.array?.compactMap(\.string) ?? value.string.map { [$0] } ?? []
      guard !paths.isEmpty else { throw keys.wrong("data", "a file name, or a list of them") }
      data[kind] = paths
    }
    steps = try keys.integer("steps", 1...100_000_000) ?? steps
    shares = try keys.integer("shares", 1...256) ?? shares
    batch.seed = UInt64(try keys.integer("seed", 0...Int.max) ?? Int(batch.seed))
    batch.rows = try keys.integer("rows", 1...10_000_000) ?? batch.rows
    batch.songs = try keys.integer("songs", 1...100_000) ?? batch.songs
    rate.peak = try keys.number("rate", 0...1) ?? rate.peak
    rate.warmUp = try keys.integer("warmUp", 0...1_000_000) ?? rate.warmUp
    rate.floor = try keys.number("floor", 0...1) ?? rate.floor
    adam.weightDecay = try keys.number("weightDecay", 0...1) ?? adam.weightDecay
    adam.clipNorm = try keys.number("clip", 0...1e9) ?? adam.clipNorm
    endWeight = try keys.number("endWeight", 0...1000) ?? endWeight
    if let weight = try keys.number("hint", 0...100), weight > 0 {
      var hint = AttentionHint()
      hint.weight = weight
      hint.block = try keys.integer("hintBlock", 0...511) ?? hint.block
      self.hint = hint
    }
    hintLate = try keys.number("hintLate", 0...100) ?? hintLate
    hintLateFrom = try keys.number("hintLateFrom", 0...1) ?? hintLateFrom
    save = try keys.integer("save", 1...100_000_000) ?? save
    log = try keys.integer("log", 1...1_000_000) ?? log
    batch.dropout.all = try keys.number("dropAll", 0...1) ?? batch.dropout.all
    batch.dropout.description =
      try keys.number("dropDescription", 0...1) ?? batch.dropout.description
    batch.dropout.tag = try keys.number("dropTag", 0...1) ?? batch.dropout.tag
    batch.dropout.prompt = try keys.number("dropPrompt", 0...1) ?? batch.dropout.prompt
    preference.beta = try keys.number("beta", 0...100) ?? preference.beta
    preference.likelihood = try keys.number("likelihood", 0...100) ?? preference.likelihood
    if let phases = try keys.list("curriculum") {
      batch.curriculum = Curriculum(
        try phases.map { phase throws(ToolFailure) in
          var keys = SettingsReader(phase, file: file)
          let weights = (try keys.table("weights") ?? [:]).compactMapValues(\.double)
          let result = Curriculum.Phase(
            from: try keys.number("from", 0...1) ?? 0, weights: weights,
            wholePrefix: try keys.number("wholePrefix", 0...1) ?? 1)
          try keys.finish()
          return result
        })
    }
    try keys.finish()
  }

  /// The hint's weight at a share of the steps.
  func hintWeight(at progress: Double) -> Double {
    progress < hintLateFrom ? hint?.weight ?? 0 : min(hintLate, hint?.weight ?? 0)
  }
}

/// Takes keys out of a JSON object, and refuses what is left.
struct SettingsReader {
  private var rest: [String: JSONValue]
  private let file: String

  init(_ json: JSONValue, file: String) {
    rest = json.object ?? ["": json]
    self.file = file
  }

  func wrong(_ key: String, _ wanted: String) -> ToolFailure {
    ToolFailure(.configuration, "'\(file)': '\(key)' must be \(wanted)")
  }

  mutating func text(_ key: String) throws(ToolFailure) -> String? {
    guard let value = rest.removeValue(forKey: key) else { return nil }
    guard let text = value.string else { throw wrong(key, "text") }
    return text
  }

  mutating func integer(_ key: String, _ range: ClosedRange<Int>) throws(ToolFailure) -> Int? {
    guard let value = rest.removeValue(forKey: key) else { return nil }
    guard let number = value.integer, range.contains(Int(number)) else {
      throw wrong(key, "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return Int(number)
  }

  mutating func number(
    _ key: String, _ range: ClosedRange<Double>
  ) throws(ToolFailure) -> Double? {
    guard let value = rest.removeValue(forKey: key) else { return nil }
    guard let number = value.double, range.contains(number) else {
      throw wrong(key, "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  mutating func table(_ key: String) throws(ToolFailure) -> [String: JSONValue]? {
    guard let value = rest.removeValue(forKey: key) else { return nil }
    guard let table = value.object else { throw wrong(key, "a table") }
    return table
  }

  mutating func list(_ key: String) throws(ToolFailure) -> [JSONValue]? {
    guard let value = rest.removeValue(forKey: key) else { return nil }
    guard let list = value.array else { throw wrong(key, "a list") }
    return list
  }

  /// Refuses keys that nobody took.
  func finish() throws(ToolFailure) {
    if let key = rest.keys.min() {
      throw ToolFailure(.configuration, "'\(file)': there is no setting '\(key)'")
    }
  }
}
