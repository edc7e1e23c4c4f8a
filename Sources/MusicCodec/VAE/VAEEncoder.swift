import Glibc
public import Neural
public import Weights

/// Waveform to latents: the encoder of the Oobleck autoencoder, the decoder's mirror image.
public final class VAEEncoder: Sendable {
  public let config: VAEConfig
  private let layers: [any Layer]

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
    let chain = LayerChain(layers, channels: config.audioChannels, pool: pool)
    var result: [Float] = []
    samples.withUnsafeBufferPointer { samples in
      guard let base = samples.baseAddress else { return }
      let total = samples.count / config.audioChannels
      for first in stride(from: 0, to: total, by: 1 << 16) {
        chain.push(
          base + first * config.audioChannels, count: min(1 << 16, total - first)
        ) { result += $0 }
      }
    }
    chain.finish { result += $0 }
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
