public import Neural
public import Weights

/// What encoding recordings takes with a model, from the shapes of its tensors: no weight is read.
public struct EncodeCost: Sendable {
  /// A part that can be opened and closed by itself.
  public struct Stage: Sendable {
    /// Bytes of its weights, which stay while it is open.
    public var weights = 0
    /// Bytes beside them while it works. The length of a recording does not matter.
    public var work = 0
    /// Multiplications for a recording of some samples at 48 kHz.
    fileprivate var products: @Sendable (_ samples: Int) -> Double = { _ in 0 }
  }

  /// The one-track file, and the two-track file; or one stage for a model that encodes latents.
  public let rows: [Stage]
  /// The autoencoder, for latents.
  public let latents: Stage

  /// - Throws: `unavailable` when the model lacks a file, `data` when a file lacks the encoder.
  public init(_ model: ModelDirectory) throws(WeightsFailure) {
    let vae = try Self.autoencoder(VAEConfig(model.file(.vaeConfig)))
    latents = vae
    if model.manifest?.encoder?.features == .vae {
      rows = [vae]
    } else {
      rows = [
        try Self.features(model.tensors(.codecMixed), [.mixed]),
        try Self.features(model.tensors(.codec), [.vocal, .accompaniment]),
      ]
    }
  }

  /// Seconds for a recording of `samples` samples: the operations over the rate of a short product.
  ///
  /// - Parameter latents: whether latents are made.
  public func seconds(samples: Int, latents: Bool, pool: ThreadPool) -> Double {
    let stages = rows + (latents ? [self.latents] : [])
    // Beside the products, some fifth goes to what lies between them.
    return 1.2 * 2 * stages.reduce(0) { $0 + $1.products(samples) } / ProductRate.f32(pool)
  }

  // MARK: Stages

  /// MusicFM and its quantisers.
  private static func features(
    _ source: TensorFile, _ rows: [CodeRow]
  ) throws(WeightsFailure) -> Stage {
    let prefix = "bestrq.model."
    let shape = try ConformerShape(source, prefix + "conformer")
    let channels = source.shape(of: prefix + "conv.conv.0.conv1.weight")?.first ?? 0
    let layers = rows.map(\.layer).max() ?? 0
    let needed =
      [prefix + "conv."] + (0..<layers).map { "\(prefix)conformer.layers.\($0)." }
      + Set(rows.map(\.quantiser)).map { $0 + "." }
    let bytes = source.names.reduce(0) { sum, name in
      guard needed.contains(where: { name.hasPrefix($0) }), let shape = source.shape(of: name)
      else { return sum }
      return sum + 4 * shape.reduce(1, *)
    }
    let frames = ChunkPlan.chunkCodes
    // A tile of the convolutions, then the blocks; before both, the chunk in stereo and mono.
    let images = Subsampling.workFloats(channels: channels)
    let state = frames * (4 * shape.width + max(shape.inner, 3 * shape.width))
    let work = 4 * (max(images, state) + frames * shape.width + 4 * ChunkPlan.size) + (8 << 20)
    let (width, inner) = (Double(shape.width), Double(shape.inner))
    let block =
      Double(frames) * (7 * width * width + 4 * width * inner + 2 * Double(frames) * width)
    let front = Subsampling.products(channels: channels, outputs: shape.width)
    return Stage(weights: bytes, work: work) { samples in
      let codes = ChunkPlan.codes(samples)
      let chunks = Double((codes + frames - 1) / frames)
      // Of a chunk that repeats itself, the convolutions see every frame once.
      let own = Double(min(codes + 10, frames))
      let share = chunks > 1 ? chunks * Double(frames) : own
      return rows.reduce(0) { $0 + share * front + chunks * Double($1.layer) * block }
    }
  }

  /// The encoder of the autoencoder, the decoder's mirror image.
  private static func autoencoder(_ config: VAEConfig) -> Stage {
    let part = config.encoder
    let widths = part.widths
    var products = Double(config.ratio * config.audioChannels * widths[0] * 7)
    var weights = config.audioChannels * widths[0] * 7
    var rows = config.ratio
    for (index, step) in part.strides.enumerated() {
      let (inputs, outputs) = (widths[index], widths[index + 1])
      products += Double(rows * 3 * 8 * inputs * inputs)
      rows /= step
      products += Double(rows * 2 * step * inputs * outputs)
      weights += 3 * 8 * inputs * inputs + 2 * step * inputs * outputs
    }
    products += Double(widths[part.strides.count] * part.latent * 3)
    weights += widths[part.strides.count] * part.latent * 3
    let ratio = config.ratio
    // Its products are narrow and there are many Snakes: measured, four times what the products take.
    let perLatent = 4 * products
    return Stage(
      weights: 4 * weights, work: (4 << 20) * part.strides.count * 3 / 2 + (8 << 20)
    ) { Double($0 / ratio) * perLatent }
  }
}

extension Subsampling {
  /// Floats that a tile needs.
  static func workFloats(channels: Int) -> Int {
    let rows = 2 * tile + 7
    return channels * (4 * rows * (bands[1] + 1) + 2 * (tile + 2) * (bands[2] + 1))
  }

  /// Multiplications for an output frame.
  static func products(channels: Int, outputs: Int) -> Double {
    let width = Double(channels)
    let first = Double(2 * (bands[1] + 1)) * (18 * width + 9 * width * width)
    let second = Double(bands[2] + 1) * 27 * width * width
    return first + second + Double(bands[2]) * width * Double(outputs)
  }
}
