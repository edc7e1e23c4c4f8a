import MusicCodec
import Neural
import Weights

/// The autoencoder's decoder at official sizes, random weights.
func randomDecoder() throws -> VAEDecoder {
  func part(_ latent: Int) -> VAEConfig.Part {
    VAEConfig.Part(
      channels: 128, multipliers: [1, 2, 4, 8, 16], strides: [2, 4, 4, 6, 10], latent: latent)
  }
  let config = VAEConfig(
    sampleRate: 48000, audioChannels: 2, decoder: part(64), encoder: part(128))
  let widths = [128, 128, 256, 512, 1024, 2048]
  var tensors = RandomTensors()
  func snake(_ key: String, _ channels: Int) {
    tensors.add(key + ".alpha", channels)
    tensors.add(key + ".beta", channels)
  }
  func convolution(_ key: String, _ shape: (Int, Int, Int), bias: Int) {
    tensors.add(key + ".weight_v", shape.0, shape.1, shape.2)
    tensors.add(key + ".weight_g", shape.0, 1, 1)
    tensors.add(key + ".bias", bias)
  }
  convolution("decoder.layers.0", (2048, 64, 7), bias: 2048)
  for block in 1...5 {
    let (outer, inner) = (widths[6 - block], widths[5 - block])
    let key = "decoder.layers.\(block).layers."
    snake(key + "0", outer)
    convolution(key + "1", (outer, inner, 2 * config.decoder.strides[5 - block]), bias: inner)
    for layer in 2...4 {
      let unit = key + "\(layer).layers."
      snake(unit + "0", inner)
      convolution(unit + "1", (inner, inner, 7), bias: inner)
      snake(unit + "2", inner)
      convolution(unit + "3", (inner, inner, 1), bias: inner)
    }
  }
  snake("decoder.layers.6", 128)
  convolution("decoder.layers.7", (2, 128, 7), bias: 2)
  return try VAEDecoder(config, tensors.file(named: "random VAE"))
}

/// Seconds per second of audio.
func vaeBench(runs: Int, seconds: Int, pool: ThreadPool) throws -> Timing {
  let decoder = try randomDecoder()
  let latents = [Float](unsafeUninitializedCapacity: seconds * 25 * 64) { buffer, count in
    count = seconds * 25 * 64
    Philox(seed: 2, stream: 0)
      .fillNormals(UnsafeMutableBufferPointer(rebasing: buffer[0..<count]), at: 0)
  }
  return Timing(runs: runs) { _ = decoder.decode(latents, pool: pool) }
}
