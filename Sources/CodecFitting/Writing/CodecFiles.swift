public import Weights

/// The files of a fitted codec, in the layout of the official models.
public struct CodecFiles {
  /// Attention heads of the flow network; Euler steps and guidance that it wants.
  public static let flow: ModelManifest.Flow = {
    var flow = ModelManifest.Flow()
    flow.heads = MeanFlow.heads
    flow.steps = 2
    flow.guidance = 1
    return flow
  }()

  /// The roles of the files.
  public static let roles = [
    ModelRole.codec.rawValue: "codec.safetensors",
    ModelRole.codecMixed.rawValue: "codec-1rvq.safetensors",
    ModelRole.vae.rawValue: "vae.safetensors",
    ModelRole.vaeConfig.rawValue: "vae.json",
  ]

  private let codec: FittedCodec

  public init(_ codec: FittedCodec) { self.codec = codec }

  /// Name and content of each file: autoencoder, its layer table, and both codec files.
  ///
  /// - Throws: `FittingFailure` when the flow cannot be solved.
  public func files() throws -> [(name: String, bytes: [UInt8])] {
    [
      ("codec.safetensors", try flowTensors().safetensors()),
      ("codec-1rvq.safetensors", try mixedTensors().safetensors()),
      ("vae.safetensors", try autoencoderTensors().safetensors()),
      ("vae.json", Array(Autoencoder.layerTable(latent: codec.mean.count).utf8)),
    ]
  }

  /// `codec.safetensors`: flow network, both quantisers and latent statistics.
  public func flowTensors() throws(FittingFailure) -> NamedTensors {
    var tensors = NamedTensors(title: "codec")
    try codec.flow.set(mean: codec.mean, deviation: codec.deviation, in: &tensors)
    for (key, book) in [
      (Quantisers.first, codec.frames.vocal), (Quantisers.second, codec.frames.accompaniment),
    ] {
      Quantisers.set(book, key, mean: codec.mean, deviation: codec.deviation, in: &tensors)
    }
    return tensors
  }

  /// `codec-1rvq.safetensors`: the quantiser of the mixed row.
  public func mixedTensors() -> NamedTensors { Quantisers.mixedFile(codec) }

  /// `vae.safetensors`.
  public func autoencoderTensors() -> NamedTensors { Autoencoder.tensors(codec) }
}
