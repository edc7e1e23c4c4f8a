import Glibc
public import Neural
public import Weights

/// Waveform to latents: the encoder of the Oobleck autoencoder, the decoder's mirror image.
public final class VAEEncoder: Sendable {
  public let config: VAEConfig
  fileprivate let layers: [any Layer]

  /// - Parameter source: `encoder.layers.N…`; weight norm is folded here.
  public init(_ config: VAEConfig, _ source: any TensorSource) throws(WeightsFailure) {
    self.config = config
    let part = config.encoder
    let widths = part.widths
    let depth = part.strides.count
    var layers: [any Layer] = [
      ConvolutionLayer(
        snake: nil,
        convolution: try RowConvolution(
          source, "encoder.layers.0", inputs: config.audioChannels, outputs: widths[0], taps: 7))
    ]
    for block in 1...depth {
      let key = "encoder.layers.\(block)"
      for (index, dilation) in [1, 3, 9].enumerated() {
        layers.append(
          try ResidualUnit(
            source, "\(key).layers.\(index)", channels: widths[block - 1], dilation: dilation))
      }
      layers.append(
        try DownsamplingLayer(
          source, snakeKey: key + ".layers.3", key: key + ".layers.4", inputs: widths[block - 1],
          outputs: widths[block], stride: part.strides[block - 1]))
    }
    layers.append(
      ConvolutionLayer(
        snake: try Snake(source, "encoder.layers.\(depth + 1)", channels: widths[depth]),
        convolution: try RowConvolution(
          source, "encoder.layers.\(depth + 2)", inputs: widths[depth], outputs: part.latent,
          taps: 3)))
    self.layers = layers
  }

  /// Mean and raw scale of the latents.
  ///
  /// - Parameter samples: [n, channels].
  /// - Returns: [n / ratio, 2 * latent], the means before the raw scales.
  public func encode(_ samples: [Float], pool: ThreadPool) -> [Float] {
    let stream = VAEEncoderStream(self, pool: pool)
    var result: [Float] = []
    stream.push(samples) { result += $0 }
    stream.finish { result += $0 }
    return result
  }

  /// The variational bottleneck: mean + (softplus(scale) + 1e-4) * noise.
  ///
  /// - Parameters:
  ///   - statistics: what ``encode(_:pool:)`` gives, [frames, 2 * latent].
  ///   - noise: standard normal [frames, latent].
  /// - Returns: latents [frames, latent].
  public func sample(_ statistics: [Float], noise: [Float]) -> [Float] {
    let width = config.decoder.latent
    let frames = min(statistics.count / (2 * width), noise.count / width)
    var latents = [Float](repeating: 0, count: frames * width)
    for frame in 0..<frames {
      for channel in 0..<width {
        let mean = statistics[frame * 2 * width + channel]
        let raw = statistics[frame * 2 * width + width + channel]
        let scale = raw > 20 ? raw : log1pf(expf(raw))
        latents[frame * width + channel] = mean + (scale + 1e-4) * noise[frame * width + channel]
      }
    }
    return latents
  }
}

/// A run of the encoder along one signal; samples come in pieces of any size.
public final class VAEEncoderStream {
  private let chain: LayerChain
  private let channels: Int

  /// A run at the start of a signal, silence before it.
  public init(_ encoder: VAEEncoder, pool: ThreadPool) {
    channels = encoder.config.audioChannels
    chain = LayerChain(encoder.layers, channels: channels, pool: pool)
  }

  /// Feeds samples [n, channels]; `emit` gets [m, 2 * latent] in order, the means before the raw scales.
  public func push(_ samples: [Float], emit: (UnsafeBufferPointer<Float>) -> Void) {
    samples.withUnsafeBufferPointer { samples in
      guard let base = samples.baseAddress else { return }
      let total = samples.count / channels
      for first in stride(from: 0, to: total, by: 1 << 16) {
        chain.push(base + first * channels, count: min(1 << 16, total - first), emit: emit)
      }
    }
  }

  /// Ends the signal, silence after it.
  public func finish(emit: (UnsafeBufferPointer<Float>) -> Void) {
    chain.finish(emit: emit)
  }
}
