extension GGUFPlace {
  /// The tensors of a VAE file: the decoder, its weight norm folded.
  package static func autoencoder(stages: Int) -> [GGUFPlace] {
    let layers = "decoder.layers."
    var places = convolution("vae.decoder.input", layers + "0")
    for stage in 0..<stages {
      let from = "vae.decoder.stage.\(stage)."
      let to = "\(layers)\(stage + 1).layers."
      places += snake(from + "upsample.activation", to + "0")
      places += convolution(from + "upsample", to + "1")
      for unit in 0..<3 {
        let from = "\(from)residual.\(unit)."
        let to = "\(to)\(unit + 2).layers."
        places += snake(from + "pre", to + "0")
        places += convolution(from + "conv.0", to + "1")
        places += snake(from + "post", to + "2")
        places += convolution(from + "conv.1", to + "3")
      }
    }
    places += snake("vae.decoder.output", "\(layers)\(stages + 1)")
    places.append(
      GGUFPlace(
        "vae.decoder.output.weight", "\(layers)\(stages + 2)", .folded(flat: false)))
    return places
  }

  private static func convolution(_ name: String, _ official: String) -> [GGUFPlace] {
    [
      GGUFPlace(name + ".weight", official, .folded(flat: false)),
      GGUFPlace(name + ".bias", official + ".bias"),
    ]
  }

  private static func snake(_ name: String, _ official: String) -> [GGUFPlace] {
    [
      GGUFPlace(name + ".alpha_log", official + ".alpha"),
      GGUFPlace(name + ".beta_log", official + ".beta"),
    ]
  }
}
