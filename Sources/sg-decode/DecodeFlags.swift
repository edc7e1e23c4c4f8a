public import ArgumentParser
public import MusicCodec

/// What is decoded, and how.
struct DecodeFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Stems to write, parted by commas: vocal, accompaniment, mixed "
        + "(default: what the request is for, else vocal,accompaniment).",
      valueName: "list"))
  var stems: StemList?

  @Option(
    help: ArgumentHelp(
      "Where stems come from.",
      discussion: "residual: vocal + accompaniment = mixed; independent: as the reference.",
      valueName: "way"))
  var split: StemSplit?

  @Option(help: ArgumentHelp("Euler steps of the flow (default: the model's).", valueName: "n"))
  var steps: Int?

  @Option(
    help: ArgumentHelp(
      "Guidance of the flow, 1 is none (default: the model's).", valueName: "g"))
  var cfg: Float?

  @Option(
    help: ArgumentHelp("Frames of a window, 25 a second (default: 1000).", valueName: "frames"))
  var window: Int?

  @Option(help: ArgumentHelp("Stop early and write latents.", valueName: "stage"))
  var stopAt: StopStage?

  @Option(
    help: ArgumentHelp(
      "Start from the tensors 'noise.0', 'noise.1', … instead of the seed.",
      valueName: "file.safetensors"), completion: .file(extensions: ["safetensors"]))
  var noise: String?

  func validate() throws {
    if let steps, !(1...1000).contains(steps) {
      throw ValidationError("'--steps \(steps)': give 1 to 1000")
    }
    if let cfg, !(0...100).contains(cfg) {
      throw ValidationError("'--cfg \(cfg)': give 0 to 100")
    }
    if let window, !(4...100_000).contains(window) {
      throw ValidationError("'--window \(window)': give 4 frames or more")
    }
  }
}

/// `--stop-at`.
enum StopStage: String, ExpressibleByArgument, CaseIterable {
  case latents
}

extension StemSplit: ExpressibleByArgument {}

/// `--stems vocal,accompaniment`.
struct StemList: ExpressibleByArgument {
  let stems: [Stem]

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
    let stems = names.compactMap { Stem(rawValue: String($0)) }
    guard !stems.isEmpty, stems.count == names.count, Set(stems).count == stems.count else {
      return nil
    }
    self.stems = stems
  }
}
