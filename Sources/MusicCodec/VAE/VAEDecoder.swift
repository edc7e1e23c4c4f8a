public import Neural
public import Weights

/// Latents to waveform: the decoder of the Oobleck autoencoder.
///
/// A convolution to the widest layer; per stride, from the last to the first, a Snake, a transposed
/// convolution and three residual units with dilations 1, 3, 9; a Snake and a convolution to the
/// channels of the waveform, without bias. The output is not bounded.
public final class VAEDecoder: Sendable {
  public let config: VAEConfig
  /// What the products are computed in; those of the first layer, which is small, always in f32.
  public let precision: Precision
  package let layers: [any Layer]
  /// Latents that an output sample can depend on, before and after its own: from the layer table.
  public let reach: Int

  /// - Parameter source: `decoder.layers.N…`; weight norm is folded here.
  public init(
    _ config: VAEConfig, _ source: any TensorSource, precision: Precision = .f32
  ) throws(WeightsFailure) {
    self.config = config
    self.precision = precision
    let part = config.decoder
    let widths = part.widths
    let depth = part.strides.count
    var layers: [any Layer] = [
      ConvolutionLayer(
        snake: nil,
        convolution: try RowConvolution(
          source, "decoder.layers.0", inputs: part.latent, outputs: widths[depth], taps: 7))
    ]
    for block in 1...depth {
      layers += try Self.block(block, part, source, precision)
    }
    let snake = try Snake(source, "decoder.layers.\(depth + 1)", channels: widths[0])
    let last = "decoder.layers.\(depth + 2)"
    if let element = precision.element {
      layers.append(
        PackedConvolutionLayer(
          snake: snake,
          convolution: try PackedConvolution(
            source, last, inputs: widths[0], outputs: config.audioChannels, taps: 7,
            hasBias: false, element: element)))
    } else {
      layers.append(
        ConvolutionLayer(
          snake: snake,
          convolution: try RowConvolution(
            source, last, inputs: widths[0], outputs: config.audioChannels, taps: 7,
            hasBias: false)))
    }
    self.layers = layers
    reach = Self.reach(part)
  }

  /// The layers of a block: upsampling and three residual units.
  private static func block(
    _ block: Int, _ part: VAEConfig.Part, _ source: any TensorSource, _ precision: Precision
  ) throws(WeightsFailure) -> [any Layer] {
    let inner = part.strides.count - block
    let (inputs, outputs) = (part.widths[inner + 1], part.widths[inner])
    let stride = part.strides[inner]
    let key = "decoder.layers.\(block)"
    var layers: [any Layer] = []
    if let element = precision.element {
      layers.append(
        try PackedUpsamplingLayer(
          source, key, inputs: inputs, outputs: outputs, stride: stride, element: element))
    } else {
      layers.append(
        try UpsamplingLayer(source, key, inputs: inputs, outputs: outputs, stride: stride))
    }
    for (index, dilation) in [1, 3, 9].enumerated() {
      let key = "\(key).layers.\(index + 2)"
      if let element = precision.element {
        layers.append(
          try PackedResidualUnit(
            source, key, channels: outputs, dilation: dilation, element: element))
      } else {
        layers.append(try ResidualUnit(source, key, channels: outputs, dilation: dilation))
      }
    }
    return layers
  }

  /// Samples per latent.
  public var ratio: Int { config.decoder.strides.reduce(1, *) }

  /// Decodes latents [count, latent] to samples [count * ratio, channels].
  public func decode(_ latents: [Float], pool: ThreadPool) -> [Float] {
    let count = latents.count / config.decoder.latent
    var samples: [Float] = []
    samples.reserveCapacity(count * ratio * config.audioChannels)
    let stream = VAEDecoderStream(self, pool: pool)
    stream.push(latents) { samples += $0 }
    stream.finish { samples += $0 }
    return samples
  }

  /// From the waveform up: a convolution of 7 and three residual units look 3, 3, 9 and 27 samples
  /// away; a transposed convolution sees half a stride more than its own block of samples.
  private static func reach(_ part: VAEConfig.Part) -> Int {
    var samples = 3
    for stride in part.strides {
      samples += 3 + 9 + 27
      samples = (samples + stride / 2 + stride - 1) / stride
    }
    return samples + 3
  }
}

/// A run of the decoder along one signal; latents come in pieces of any size.
public final class VAEDecoderStream {
  private let chain: LayerChain
  private let latent: Int

  /// A run at the start of a signal, silence before it.
  public init(_ decoder: VAEDecoder, pool: ThreadPool) {
    chain = LayerChain(decoder.layers, channels: decoder.config.decoder.latent, pool: pool)
    latent = decoder.config.decoder.latent
  }

  private init(copying other: VAEDecoderStream) {
    chain = other.chain.copy()
    latent = other.latent
  }

  /// A run in the same state.
  public func copy() -> VAEDecoderStream { VAEDecoderStream(copying: self) }

  /// Feeds latents [n, latent]; `emit` gets samples [m, channels] in order.
  public func push(_ latents: [Float], emit: (UnsafeBufferPointer<Float>) -> Void) {
    latents.withUnsafeBufferPointer { push($0, emit: emit) }
  }

  /// As ``push(_:emit:)-([Float],_)``.
  public func push(
    _ latents: UnsafeBufferPointer<Float>, emit: (UnsafeBufferPointer<Float>) -> Void
  ) {
    guard let base = latents.baseAddress else { return }
    let total = latents.count / latent
    // The first layers have large weights and few rows: they want many rows at a time.
    for first in stride(from: 0, to: total, by: 128) {
      chain.push(base + first * latent, count: min(128, total - first), emit: emit)
    }
  }

  /// Ends the signal, silence after it.
  public func finish(emit: (UnsafeBufferPointer<Float>) -> Void) {
    chain.finish(emit: emit)
  }
}
