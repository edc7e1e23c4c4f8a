public import MusicCodec
import Weights

extension Inventory {
  /// The tensors of the waveform autoencoder, 365 with the official layer table.
  public static func autoencoder(_ config: VAEConfig) -> Inventory {
    var inventory = Inventory(.vae)
    inventory.addDecoder(config.decoder, channels: config.audioChannels)
    inventory.addEncoder(config.encoder, channels: config.audioChannels)
    return inventory
  }

  private mutating func convolution(
    _ name: String, _ shape: [Int], bias: Int?, _ use: Use
  ) {
    add(name + ".weight_v", shape, use)
    add(name + ".weight_g", [shape[0], 1, 1], use)
    if let bias { add(name + ".bias", [bias], use) }
  }

  private mutating func snake(_ name: String, _ size: Int, _ use: Use) {
    add(name + ".alpha", [size], use)
    add(name + ".beta", [size], use)
  }

  private mutating func residual(_ name: String, _ size: Int, _ use: Use) {
    snake(name + ".layers.0", size, use)
    convolution(name + ".layers.1", [size, size, 7], bias: size, use)
    snake(name + ".layers.2", size, use)
    convolution(name + ".layers.3", [size, size, 1], bias: size, use)
  }

  private mutating func addDecoder(_ part: VAEConfig.Part, channels: Int) {
    let widths = [part.channels] + part.multipliers.map { $0 * part.channels }
    let blocks = part.strides.count
    convolution(
      "decoder.layers.0", [widths[blocks], part.latent, 7], bias: widths[blocks], .song)
    for block in 1...blocks {
      let (inputs, outputs) = (widths[blocks - block + 1], widths[blocks - block])
      let base = "decoder.layers.\(block).layers."
      snake(base + "0", inputs, .song)
      convolution(
        base + "1", [inputs, outputs, 2 * part.strides[blocks - block]], bias: outputs, .song)
      for unit in 2...4 { residual(base + "\(unit)", outputs, .song) }
    }
    snake("decoder.layers.\(blocks + 1)", widths[0], .song)
    convolution("decoder.layers.\(blocks + 2)", [channels, widths[0], 7], bias: nil, .song)
  }

  private mutating func addEncoder(_ part: VAEConfig.Part, channels: Int) {
    let widths = [part.channels] + part.multipliers.map { $0 * part.channels }
    let blocks = part.strides.count
    convolution("encoder.layers.0", [widths[0], channels, 7], bias: widths[0], .reference)
    for block in 1...blocks {
      let (inputs, outputs) = (widths[block - 1], widths[block])
      let base = "encoder.layers.\(block).layers."
      for unit in 0...2 { residual(base + "\(unit)", inputs, .reference) }
      snake(base + "3", inputs, .reference)
      convolution(
        base + "4", [outputs, inputs, 2 * part.strides[block - 1]], bias: outputs, .reference)
    }
    snake("encoder.layers.\(blocks + 1)", widths[blocks], .reference)
    convolution(
      "encoder.layers.\(blocks + 2)", [part.latent, widths[blocks], 3], bias: part.latent,
      .reference)
  }
}
