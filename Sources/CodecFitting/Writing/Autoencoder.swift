import Neural
import Weights

/// The autoencoder of a fitted codec, as an Oobleck network of one block at 48 kHz stereo.
///
/// Its strided convolutions are the analysis and the synthesis; the convolutions around them pass on
/// what they get, the residual branches are zero, and Snake is next to the identity.
enum Autoencoder {
  static let sampleRate = 48_000
  static let channels = 2
  static let stride = 1920
  /// x + sin²(e^-7 x) / e^10.
  private static let snake: (alpha: Float, beta: Float) = (-7, 10)
  /// The scale of the bottleneck: softplus(-20), which is nothing.
  private static let rawScale: Float = -20

  /// `vae.safetensors`.
  static func tensors(_ codec: FittedCodec) -> NamedTensors {
    let latent = codec.frames.analysis.latent
    var tensors = NamedTensors(title: "autoencoder")
    let analysis = RateDoubling.doubled(
      Array(codec.frames.analysis.kernel), length: FrameGrid.window)
    let synthesis = RateDoubling.doubled(codec.synthesis, length: FrameGrid.window)
    let taps = 2 * stride

    // Twice as many samples give twice the sum.
    tensors.setNormed("encoder.layers.0", [1, channels, 7], centre(1, channels, 7, 0.5))
    tensors.set("encoder.layers.0.bias", [1], [0])
    for index in 0..<3 { residual("encoder.layers.1.layers.\(index)", &tensors) }
    snake("encoder.layers.1.layers.3", 1, &tensors)
    tensors.setNormed(
      "encoder.layers.1.layers.4", [latent, 1, taps], analysis.map { 0.5 * $0 })
    tensors.set("encoder.layers.1.layers.4.bias", [latent], zeros(latent))
    snake("encoder.layers.2", latent, &tensors)
    var last = zeros(2 * latent * latent * 3)
    for index in 0..<latent { last[(index * latent + index) * 3 + 1] = 1 }
    tensors.setNormed("encoder.layers.3", [2 * latent, latent, 3], last)
    tensors.set(
      "encoder.layers.3.bias", [2 * latent],
      zeros(latent) + [Float](repeating: rawScale, count: latent))

    var first = zeros(latent * latent * 7)
    for index in 0..<latent { first[(index * latent + index) * 7 + 3] = 1 }
    tensors.setNormed("decoder.layers.0", [latent, latent, 7], first)
    tensors.set("decoder.layers.0.bias", [latent], zeros(latent))
    snake("decoder.layers.1.layers.0", latent, &tensors)
    tensors.setNormed("decoder.layers.1.layers.1", [latent, 1, taps], synthesis)
    tensors.set("decoder.layers.1.layers.1.bias", [1], [0])
    for index in 2..<5 { residual("decoder.layers.1.layers.\(index)", &tensors) }
    snake("decoder.layers.2", 1, &tensors)
    tensors.setNormed("decoder.layers.3", [channels, 1, 7], centre(channels, 1, 7, 1))
    return tensors
  }

  /// `vae.json`.
  static func layerTable(latent: Int) -> String {
    func part(_ end: String, _ width: Int, _ rest: String) -> String {
      "{\"type\": \"oobleck\", \"config\": {\"\(end)\": \(channels), \"channels\": 1, "
        + "\"c_mults\": [\(latent)], \"strides\": [\(stride)], \"latent_dim\": \(width), "
        + "\"use_snake\": true\(rest)}}"
    }
    return """
      {
       "sample_rate": \(sampleRate),
       "model": {
        "encoder": \(part("in_channels", 2 * latent, "")),
        "decoder": \(part("out_channels", latent, ", \"final_tanh\": false")),
        "bottleneck": {"type": "vae"},
        "latent_dim": \(latent),
        "downsampling_ratio": \(stride),
        "io_channels": \(channels)
       }
      }

      """
  }

  private static func zeros(_ count: Int) -> [Float] { [Float](repeating: 0, count: count) }

  /// [outputs, inputs, taps] with `value` in the middle.
  private static func centre(
    _ outputs: Int, _ inputs: Int, _ taps: Int, _ value: Float
  ) -> [Float] {
    (0..<outputs * inputs * taps).map { $0 % taps == taps / 2 ? value : 0 }
  }

  private static func snake(_ key: String, _ width: Int, _ tensors: inout NamedTensors) {
    for (name, value) in [("alpha", snake.alpha), ("beta", snake.beta)] {
      tensors.set(
        "\(key).\(name)", [width], [Float](repeating: value, count: width), type: .f32)
    }
  }

  /// A residual unit of one channel that adds nothing.
  private static func residual(_ key: String, _ tensors: inout NamedTensors) {
    snake(key + ".layers.0", 1, &tensors)
    tensors.setNormed(key + ".layers.1", [1, 1, 7], zeros(7))
    tensors.set(key + ".layers.1.bias", [1], [0])
    snake(key + ".layers.2", 1, &tensors)
    tensors.setNormed(key + ".layers.3", [1, 1, 1], [0])
    tensors.set(key + ".layers.3.bias", [1], [0])
  }
}
