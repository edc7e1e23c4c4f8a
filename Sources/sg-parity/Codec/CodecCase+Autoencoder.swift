import MusicCodec
import Neural
import Weights

extension CodecCase {
  /// Decoder and encoder (`e_vae_decoder`, `g_vae_encoder`).
  func autoencoder() throws {
    if let decoder = set.decoder {
      for part in stems(".latents")
      where tensors.view("\(part).audio") != nil && tensors.view("\(part).noise") == nil {
        let latents = try rows("\(part).latents")
        let chunk = settings(part)
        let ours =
          if let size = chunk?.chunk_size, let overlap = chunk?.overlap {
            decoder.decode(latents, chunk: size, overlap: overlap, pool: pool)
          } else {
            decoder.decode(latents, pool: pool)
          }
        compare("\(part).audio", ours, try rows("\(part).audio"), 3e-6)
      }
      if tensors.view("trace.latents") != nil { try trace(decoder) }
    }
    if let encoder = set.encoder {
      for part in stems(".pre_bottleneck") where tensors.view("\(part).noise") != nil {
        let statistics = encoder.encode(try rows("\(part).audio"), pool: pool)
        compare("\(part).pre_bottleneck", statistics, try rows("\(part).pre_bottleneck"), 3e-6)
        let latents = encoder.sample(statistics, noise: try rows("\(part).noise"))
        compare("\(part).latents", latents, try rows("\(part).latents"), 3e-6)
      }
    }
  }

  /// Every layer by itself: the layers up to it, run from the latents.
  private func trace(_ decoder: VAEDecoder) throws {
    let latents = try rows("trace.latents")
    let width = decoder.config.decoder.latent
    func output(_ layers: Int) -> [Float] {
      let chain = LayerChain(Array(decoder.layers.prefix(layers)), channels: width, pool: pool)
      var result: [Float] = []
      latents.withUnsafeBufferPointer { latents in
        guard let base = latents.baseAddress else { return }
        chain.push(base, count: latents.count / width) { result += $0 }
      }
      chain.finish { result += $0 }
      return result
    }
    func compareLayer(_ key: String, _ ours: [Float]) throws {
      guard tensors.view("trace.\(key)") != nil else { return }
      compare("trace.\(key)", ours, try rows("trace.\(key)"), 3e-6)
    }
    func snake(_ key: String, _ rows: [Float], channels: Int, weights: TensorFile) throws -> [Float]
    {
      let snake = try Snake(weights, key, channels: channels)
      let source = FloatBuffer(rows)
      snake.apply(source.base, to: source.base, count: rows.count, pool: pool)
      return numbers(source)
    }
    let weights = try TensorFile(
      path: tensors.file.name.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        .joined(separator: "/") + "/vae.safetensors")
    let part = decoder.config.decoder
    let depth = part.strides.count
    try compareLayer("decoder.layers.0", output(1))
    for block in 1...depth {
      let key = "decoder.layers.\(block)"
      let inputs = part.channels * part.multipliers[depth - block]
      if tensors.view("trace.\(key).layers.0") != nil {
        try compareLayer(
          "\(key).layers.0",
          snake("\(key).layers.0", output(4 * block - 3), channels: inputs, weights: weights))
      }
      for layer in 1...4 {
        try compareLayer("\(key).layers.\(layer)", output(4 * block - 3 + layer))
      }
      try compareLayer(key, output(4 * block + 1))
    }
    try compareLayer(
      "decoder.layers.\(depth + 1)",
      snake(
        "decoder.layers.\(depth + 1)", output(4 * depth + 1), channels: part.channels,
        weights: weights))
    try compareLayer("decoder.layers.\(depth + 2)", output(4 * depth + 2))
    try compareLayer("decoder.layers.\(depth + 3)", output(4 * depth + 2))
  }
}
