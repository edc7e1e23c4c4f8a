import Diagnostics
public import MusicCodec
import Neural
public import Weights

extension FrameCodec {
  /// Reads what stands for a model's encoder.
  ///
  /// - Throws: `data` when the model's autoencoder is not one block as ``Autoencoder`` writes it, or
  ///   its quantisers do not fit.
  public init(_ model: ModelDirectory) throws(WeightsFailure) {
    guard model.manifest?.encoder?.features == .vae else {
      throw WeightsFailure(
        .configuration,
        "\(printable(model.name)): its tokens are not made of the autoencoder's latents; only such a "
          + "model's are made of frames")
    }
    try self.init(
      VAEConfig(model.file(.vaeConfig)), vae: model.tensors(.vae), codec: model.tensors(.codec),
      mixed: model.tensors(.codecMixed),
      vocalGain: Float(model.manifest?.encoder?.vocalGain ?? 1))
  }

  /// As ``init(_:)``, of the parts.
  public init(
    _ config: VAEConfig, vae: any TensorSource, codec: any TensorSource,
    mixed: any TensorSource, vocalGain: Float
  ) throws(WeightsFailure) {
    let analysis = FrameAnalysis(kernel: try Self.kernel(config, vae))
    func book(_ source: any TensorSource, _ key: String) throws(WeightsFailure) -> FrameBook {
      let quantiser = try VectorQuantiser(source, key)
      guard quantiser.condition == analysis.latent else {
        throw WeightsFailure(
          .data,
          "\(printable(source.title)): a quantiser of width \(quantiser.condition) for latents of "
            + "width \(analysis.latent)")
      }
      let (size, width, latent) = (quantiser.size, quantiser.width, quantiser.condition)
      guard width <= 4096 else {
        throw WeightsFailure(.data, "\(printable(source.title)): a codebook of width \(width)")
      }
      let rows = FloatBuffer(
        try source.tensor(key + ".codebook.weight", shape: [size, width]).array)
      return FrameBook(
        projection: try WeightNorm.fold(source, key + ".in_proj", shape: [width, latent, 1]),
        bias: try source.tensor(key + ".in_proj.bias", shape: [width]).array, rows: rows)
    }
    self.init(
      analysis: analysis, mixed: try book(mixed, Quantisers.first),
      vocal: try book(codec, Quantisers.first),
      accompaniment: try book(codec, Quantisers.second), vocalGain: vocalGain)
  }

  /// The analysis at 24 kHz, when the encoder does nothing else.
  private static func kernel(
    _ config: VAEConfig, _ source: any TensorSource
  ) throws(WeightsFailure) -> FloatBuffer {
    let latent = config.decoder.latent
    let encoder = config.encoder
    func refusal(_ problem: String) -> WeightsFailure {
      WeightsFailure(
        .data, "\(printable(source.title)): \(problem), so its tokens cannot be made of frames")
    }
    guard config.sampleRate == Autoencoder.sampleRate,
      config.audioChannels == Autoencoder.channels, encoder.strides == [Autoencoder.stride],
      encoder.channels == 1, encoder.multipliers == [latent], latent <= 4096
    else { throw refusal("the autoencoder is not one block of 1920 samples at 48 kHz stereo") }
    func folded(_ key: String, _ shape: [Int]) throws(WeightsFailure) -> [Float] {
      let weight = try WeightNorm.fold(source, key, shape: shape)
      return Array(weight)
    }
    for index in 0..<3 {
      let key = "encoder.layers.1.layers.\(index).layers.3"
      guard try folded(key, [1, 1, 1]) == [0],
        try source.tensor(key + ".bias", shape: [1]).array == [0]
      else { throw refusal("a residual branch of the encoder is not zero") }
    }
    let input = try folded("encoder.layers.0", [1, Autoencoder.channels, 7])
    let gain = input.reduce(0, +)
    guard input.indices.allSatisfy({ $0 % 7 == 3 || input[$0] == 0 }),
      input[3] == input[10], gain.isFinite,
      try source.tensor("encoder.layers.0.bias", shape: [1]).array == [0]
    else { throw refusal("the encoder's first layer is not the mean of both channels") }
    let output = try folded("encoder.layers.3", [2 * latent, latent, 3])
    for row in 0..<latent {
      for index in 0..<3 * latent
      where output[row * 3 * latent + index] != (index == 3 * row + 1 ? 1 : 0) {
        throw refusal("the encoder's last layer does not pass the means on")
      }
    }
    let biases =
      try source.tensor("encoder.layers.3.bias", shape: [2 * latent]).array[..<latent]
      + source.tensor("encoder.layers.1.layers.4.bias", shape: [latent]).array
    guard biases.allSatisfy({ $0 == 0 }) else { throw refusal("the encoder's means are shifted") }
    let weight = try folded(
      "encoder.layers.1.layers.4", [latent, 1, 2 * Autoencoder.stride])
    // At half the rate there are half as many samples to sum.
    return FloatBuffer(RateDoubling.halved(weight).map { 2 * gain * $0 })
  }
}
