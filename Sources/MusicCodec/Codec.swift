import Diagnostics
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
  public convenience init(_ model: ModelDirectory) throws(WeightsFailure) {
    let config = try VAEConfig(model.file(.vaeConfig))
    var settings = FlowSettings()
    if let own = model.manifest?.flow {
      settings = FlowSettings(
        steps: own.steps ?? settings.steps,
        guidance: own.guidance.map { Float($0) } ?? settings.guidance)
    }
    let tensors = try model.tensors(.codec)
    // A GGUF file says what no tensor shows.
    let heads =
      model.manifest?.flow?.heads ?? tensors.metadata["levo2.flow.n_head"].flatMap { Int($0) }
    try self.init(
      flow: FlowModel(tensors, heads: heads),
      decoder: VAEDecoder(config, model.tensors(.vae)),
      silentCodes: model.manifest?.silentCodes ?? .official, settings: settings)
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
