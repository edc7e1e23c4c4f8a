extension LeLMConfig {
  /// The published dimensions of songgeneration_base or songgeneration_large, for timing without
  /// their files. Nothing else uses these: a real model brings its config.yaml.
  package static func official(large: Bool) -> LeLMConfig {
    let shape = { (layers: Int, theta: Double) in
      TransformerShape(
        width: large ? 2048 : 1536, feedForward: large ? 11008 : 8960, heads: large ? 16 : 12,
        layers: layers, ropeTheta: theta)
    }
    return LeLMConfig(
      codeSize: 16384, delays: [0, 250, 250], frameRate: 25, maxDuration: large ? 270 : 150,
      lyricsLength: large ? 600 : 300, styleLength: large ? 100 : 50, promptLength: 252,
      guidance: 1.5, main: shape(large ? 36 : 28, large ? 5e5 : 1e5), sub: shape(12, 5e5))
  }
}
