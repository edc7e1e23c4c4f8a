import ArgumentParser
import LeLM
import Weights

/// How tokens are drawn, where it differs from the model's own way.
struct SamplingFlags: ParsableArguments {
  @Option(help: ArgumentHelp("Sampling temperature; 0 is greedy.", valueName: "t"))
  var temp: Double?

  @Option(
    help: ArgumentHelp("Draw mixed tokens from the k likeliest; 0 is off.", valueName: "k"))
  var topK: Int?

  @Option(
    help: ArgumentHelp(
      "Draw from the likeliest tokens that sum to p, all rows; 0 is off.", valueName: "p"))
  var topP: Double?

  @Option(help: ArgumentHelp("Classifier-free guidance coefficient.", valueName: "g"))
  var cfg: Double?

  @Flag(
    inversion: .prefixedNo,
    help: "Penalise tokens of the last columns.")
  var penalty: Bool?

  @Option(
    help: ArgumentHelp("How many columns back the penalty looks.", valueName: "columns"))
  var penaltyWindow: Int?

  @Flag(help: "Always take the likeliest token.")
  var greedy = false

  func validate() throws {
    if let temp, !(0...100).contains(temp) {
      throw ValidationError("'--temp \(temp)': give 0 to 100")
    }
    if let topK, topK < 0 { throw ValidationError("'--top-k \(topK)': give 0 or more") }
    if let topP, !(0...1).contains(topP) {
      throw ValidationError("'--top-p \(topP)': give 0 to 1")
    }
    if let cfg, !(0...100).contains(cfg) {
      throw ValidationError("'--cfg \(cfg)': give 0 to 100")
    }
    if let penaltyWindow, !(0...100_000).contains(penaltyWindow) {
      throw ValidationError("'--penalty-window \(penaltyWindow)': give 0 to 100000")
    }
  }

  /// The reference's defaults, then the model's, then those that a song was begun with, then the
  /// flags.
  func options(
    _ model: ModelDirectory, config: LeLMConfig, begun: RecordedOptions? = nil
  ) -> SamplingOptions {
    var options = SamplingOptions(guidance: config.guidance)
    if let own = model.manifest?.sampling {
      options.temperature = own.temperature ?? options.temperature
      options.topK = own.topK ?? options.topK
      options.topP = own.topP ?? options.topP
      options.guidance = own.guidance ?? options.guidance
      options.penalty = own.penalty ?? options.penalty
      options.penaltyWindow = own.penaltyWindow ?? options.penaltyWindow
    }
    if let begun {
      options.temperature = begun.temperature ?? options.temperature
      options.topK = begun.topK ?? options.topK
      options.topP = begun.topP ?? options.topP
      options.guidance = begun.guidance ?? options.guidance
      options.penalty = begun.penalty ?? options.penalty
      options.penaltyWindow = begun.penaltyWindow ?? options.penaltyWindow
    }
    options.temperature = temp ?? options.temperature
    options.topK = topK ?? options.topK
    options.topP = topP ?? options.topP
    options.guidance = cfg ?? options.guidance
    options.penalty = penalty ?? options.penalty
    options.penaltyWindow = penaltyWindow ?? options.penaltyWindow
    options.greedy = greedy || begun?.greedy == true
    return options
  }
}
