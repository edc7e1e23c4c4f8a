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
    help: ArgumentHelp(
      "What the networks compute in: f32, int16 or int8, or by parts: flow=int8,vae=int16 "
        + "(default: int16).",
      discussion: "f32 is the reference's arithmetic; int8 is the fastest.", valueName: "name"))
  var precision: CodecPrecision?

  @Option(
    help: ArgumentHelp(
      "Frames of a window, 25 a second, or fit: as 1000, but no longer than the song "
        + "(default: 1000).", valueName: "frames"))
  var window: WindowSize?

  @Option(
    help: ArgumentHelp(
      "How windows become one waveform (default: crossfade with an f32 VAE, else stream).",
      discussion: "stream: each latent is decoded once; crossfade: as the reference.",
      valueName: "way"))
  var join: WindowJoin?

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
    if let frames = window?.frames, !(4...100_000).contains(frames) {
      throw ValidationError("'--window \(frames)': give 4 frames or more")
    }
  }
}

/// `--stop-at`.
enum StopStage: String, ExpressibleByArgument, CaseIterable {
  case latents
}

extension StemSplit: ExpressibleByArgument {}

extension WindowJoin: ExpressibleByArgument {}

extension CodecPrecision: ExpressibleByArgument {
  /// `--precision`.
  public init?(argument: String) { self.init(argument) }
}

/// `--window`.
enum WindowSize: ExpressibleByArgument {
  case of(Int)
  case fit

  init?(argument: String) {
    if argument == "fit" {
      self = .fit
    } else if let frames = Int(argument) {
      self = .of(frames)
    } else {
      return nil
    }
  }

  /// The number of frames, if one was given.
  var frames: Int? {
    switch self {
    case .of(let frames): frames
    case .fit: nil
    }
  }

  /// Whether a short song gets a window of its own length.
  var fits: Bool {
    switch self {
    case .of: false
    case .fit: true
    }
  }
}

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
