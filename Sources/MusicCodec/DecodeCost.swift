public import Neural

/// What decoding a song takes, from the shapes of the networks.
public struct DecodeCost: Sendable {
  /// Multiplications and additions of one Euler step of a window, both branches of the guidance.
  private let step: Double
  /// Those of the autoencoder for one latent.
  private let latent: Double
  private let plan: WindowPlan
  private let precision: CodecPrecision
  private let options: SongDecoder.Options
  /// Windows that are decoded side by side: stems.
  private let voices: Int
  /// Peak bytes: weights, the activations of a window and of the autoencoder, and the samples that wait.
  /// The length of a song does not matter.
  public let bytes: Int

  public init(
    _ shape: FlowShape, _ vae: VAEConfig, precision: CodecPrecision, options: SongDecoder.Options,
    threads: Int
  ) {
    self.precision = precision
    self.options = options
    plan = WindowPlan(size: options.window)
    voices = SongDecoder.stems(options).count
    let (width, inner, frames) = (shape.width, shape.inner, plan.size)
    let branches = options.settings.guidance > 1 ? 2 : 1
    let matrices = shape.layers * (4 * width * width + 2 * width * inner)
    let attention = shape.layers * 2 * frames * width
    step = 2 * Double(branches * frames) * Double(matrices + attention)
    let products = Self.products(vae.decoder)
    latent = 2 * Double(products.perLatent)

    let flowWeights = matrices * precision.flow.size
    let time = width * (shape.time + 7 * width)
    let fixed = 4 * (time + width * width + shape.positions * width)
    let rows = branches * frames
    let wide = max(3 * width, inner)
    let quantised = (precision.flow.element?.size ?? 4) * (width + inner) + 2 * width
    let state = rows * (4 * (3 * width + wide) + quantised)
    let autoencoder = products.weights * precision.vae.size
    let channels = vae.audioChannels * vae.ratio * 4
    // Packing reads a matrix at a time; streams of the autoencoder hold some megabytes a layer.
    let passing = 4 * max(3 * width * width, width * inner)
    let stream = (4 << 20) * vae.decoder.strides.count * 5 / 2 + (4 << 20) * threads
    bytes =
      flowWeights + fixed + state + autoencoder + passing + stream * voices
      + 3 * voices * frames * channels + (32 << 20)
  }

  /// Seconds that a song of `codes` frames takes: its operations over the rate of a short product.
  public func seconds(codes: Int, pool: ThreadPool) -> Double {
    let fits = options.fitsWindow && codes < plan.size
    let windows = Double(fits ? 1 : plan.windows(codes: codes))
    let share = fits ? Double(codes) / Double(plan.size) : 1
    let flow = windows * share * Double(voices * options.settings.steps) * step
    let decoded = options.join == .stream ? Double(codes) : windows * Double(plan.size)
    let latents = options.latentsOnly ? 0 : decoded
    // Beside the products, some tenth goes to what lies between them.
    return 1.15 * flow / Self.rate(precision.flow, pool)
      + 1.25 * Double(voices) * latents * latent / Self.rate(precision.vae, pool)
  }

  /// Multiplications for one latent, and weights, of the decoder.
  private static func products(_ part: VAEConfig.Part) -> (perLatent: Int, weights: Int) {
    let widths = part.widths
    let depth = part.strides.count
    var rows = 1
    var perLatent = part.latent * widths[depth] * 7
    var weights = perLatent
    for inner in (0..<depth).reversed() {
      let (inputs, outputs, stride) = (widths[inner + 1], widths[inner], part.strides[inner])
      perLatent += rows * inputs * outputs * 2 * stride
      rows *= stride
      perLatent += rows * 3 * 8 * outputs * outputs
      weights += 2 * stride * inputs * outputs + 3 * 8 * outputs * outputs
    }
    return (perLatent + rows * widths[0] * 14, weights + widths[0] * 14)
  }

  private static func rate(_ precision: Precision, _ pool: ThreadPool) -> Double {
    precision.element.map { ProductRate.integer($0, pool) } ?? ProductRate.f32(pool)
  }
}

extension Precision {
  /// Bytes per weight, scales not counted.
  fileprivate var size: Int { element?.size ?? 4 }
}
