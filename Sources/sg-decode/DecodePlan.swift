import Lyrics
import MusicCodec
import Neural
import SongStream
import ToolSupport
import Weights

/// How songs are to be decoded, and what that takes: known before any weight is read.
struct DecodePlan {
  let precision: CodecPrecision
  /// Frames of a window.
  let window: Int
  private let flags: DecodeFlags
  private let settings: FlowSettings
  private let resources: ResourceOptions
  private let pool: ThreadPool
  private let shape: FlowShape
  private let vae: VAEConfig

  init(
    _ directory: ModelDirectory, flags: DecodeFlags, resources: ResourceOptions, pool: ThreadPool
  ) throws {
    self.flags = flags
    self.resources = resources
    self.pool = pool
    precision = flags.precision ?? CodecPrecision()
    shape = try Codec.flowShape(directory)
    vae = try VAEConfig(directory.file(.vaeConfig))
    window = flags.window?.frames ?? min(1000, shape.positions)
    let own = Codec.settings(directory)
    settings = FlowSettings(steps: flags.steps ?? own.steps, guidance: flags.cfg ?? own.guidance)
  }

  /// What a song gets, but for its noise.
  func options(_ header: SongHeader) throws -> SongDecoder.Options {
    var options = SongDecoder.Options()
    let request = try header.request.map { try Request(json: $0) }
    switch request?.generation {
    case .vocal: options.stems = [.vocal]
    case .accompaniment:
      // There was no voice in the making: nothing to take from the mix.
      options.stems = [.accompaniment]
      options.split = .independent
    case .mixed, .separate, nil: break
    }
    if let stems = flags.stems { options.stems = stems.stems }
    if let split = flags.split { options.split = split }
    options.settings = settings
    options.window = window
    options.fitsWindow = flags.window?.fits ?? false
    options.join = flags.join ?? (precision.vae == .f32 ? .crossfade : .stream)
    options.latentsOnly = flags.stopAt == .latents
    return options
  }

  /// What a song of `frames` frames takes.
  func estimate(_ header: SongHeader, frames: Int) throws -> ResourceEstimate {
    let cost = try cost(options(header))
    return ResourceEstimate(
      seconds: cost.seconds(codes: frames, pool: pool), bytes: cost.bytes)
  }

  /// Whether the memory suffices.
  func admit(_ options: SongDecoder.Options) throws(ToolFailure) {
    try resources.admit(bytes: cost(options).bytes)
  }

  private func cost(_ options: SongDecoder.Options) -> DecodeCost {
    DecodeCost(shape, vae, precision: precision, options: options, threads: pool.threads)
  }
}
