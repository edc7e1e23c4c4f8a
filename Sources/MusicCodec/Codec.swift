import Diagnostics
public import Neural
public import Weights

/// A codec model, ready to decode.
public final class Codec: Sendable {
  public let flow: FlowModel
  public let decoder: VAEDecoder
  /// The codes that stand for a silent row.
  public let silentCodes: ModelManifest.SilentCodes
  /// The model's own settings.
  public let settings: FlowSettings

  /// Opens the codec and the autoencoder of a model.
  ///
  /// - Throws: `unavailable` when the model lacks them, `data` or `configuration` when they are not
  ///   usable.
  ///
  /// - Parameters:
  ///   - precision: of the networks' products.
  ///   - pool: what weights are packed with.
  public convenience init(
    _ model: ModelDirectory, precision: CodecPrecision = CodecPrecision(flow: .f32, vae: .f32),
    pool: ThreadPool? = nil
  ) throws(WeightsFailure) {
    let config = try VAEConfig(model.file(.vaeConfig))
    let tensors = try model.tensors(.codec)
    try self.init(
      flow: FlowModel(
        tensors, heads: Self.heads(model, tensors), precision: precision.flow, pool: pool),
      decoder: VAEDecoder(config, model.tensors(.vae), precision: precision.vae),
      silentCodes: model.manifest?.silentCodes ?? .official, settings: Self.settings(model))
  }

  /// The sizes of a model's flow network; its weights are not read.
  ///
  /// - Throws: as ``init(_:precision:pool:)``.
  public static func flowShape(_ model: ModelDirectory) throws(WeightsFailure) -> FlowShape {
    let tensors = try model.tensors(.codec)
    return try FlowShape(tensors, heads: heads(model, tensors))
  }

  /// How a model wants its flow to be solved.
  public static func settings(_ model: ModelDirectory) -> FlowSettings {
    let settings = FlowSettings()
    guard let own = model.manifest?.flow else { return settings }
    return FlowSettings(
      steps: own.steps ?? settings.steps,
      guidance: own.guidance.map { Float($0) } ?? settings.guidance)
  }

  /// A GGUF file says what no tensor shows.
  private static func heads(_ model: ModelDirectory, _ tensors: TensorFile) -> Int? {
    model.manifest?.flow?.heads ?? tensors.metadata["levo2.flow.n_head"].flatMap { Int($0) }
  }

  /// A codec of parts that are at hand.
  public init(
    flow: FlowModel, decoder: VAEDecoder, silentCodes: ModelManifest.SilentCodes,
    settings: FlowSettings = FlowSettings()
  ) throws(WeightsFailure) {
    guard flow.shape.latent == decoder.config.decoder.latent else {
      throw WeightsFailure(
        .configuration,
        "the codec makes latents of width \(flow.shape.latent), the autoencoder takes "
          + "\(decoder.config.decoder.latent)")
    }
    guard flow.quantisers.count == 2, silentCodes.vocal < flow.quantisers[0].size,
      silentCodes.accompaniment < flow.quantisers[1].size
    else {
      throw WeightsFailure(
        .configuration,
        "the silent codes \(silentCodes.vocal) and \(silentCodes.accompaniment) are not codes of "
          + "this model; name its own under \"silentCodes\" in sg-model.json")
    }
    self.flow = flow
    self.decoder = decoder
    self.silentCodes = silentCodes
    self.settings = settings
  }

  /// Frames of a window when nothing else is said: 40 s, or what the flow network has positions for.
  public var window: Int { min(1000, flow.shape.positions) }

  /// The code rows that a stem is decoded from: as they are, or one of them silent.
  public func rows(_ stem: Stem, vocal: [UInt16], accompaniment: [UInt16]) -> [[UInt16]] {
    switch stem {
    case .mixed: [vocal, accompaniment]
    case .vocal: [vocal, Array(repeating: UInt16(silentCodes.accompaniment), count: vocal.count)]
    case .accompaniment:
      [Array(repeating: UInt16(silentCodes.vocal), count: accompaniment.count), accompaniment]
    }
  }
}
