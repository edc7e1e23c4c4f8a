import LeLM
import MusicCodec
public import TextTokens
import Weights

/// A family of published models: the sizes that a model of random weights takes from it.
public enum FakeFamily: String, Sendable, CaseIterable {
  case base
  case baseNew = "base-new"
  case baseFull = "base-full"
  case large
  case v2Medium = "v2-medium"
  case v2Large = "v2-large"
  /// A network of every kind, as small as it goes; for tests.
  case tiny

  /// How requests are worded.
  public var version: RequestVersion {
    switch self {
    case .v2Medium, .v2Large: .v2
    default: .v1
    }
  }

  private var isLarge: Bool { self == .large || self == .v2Large }
  private var isLong: Bool { self != .base && self != .baseNew && self != .tiny }

  /// Ids of the vocabulary, the three special tokens not counted.
  var vocabulary: Int { self == .tiny ? 512 : 151_643 }
  /// Rows of the lyrics and of the style table.
  var lyricsRows: Int { vocabulary + 3 + FakeText.labels.count }
  var styleRows: Int { vocabulary + 3 + (version == .v2 ? 6 : 0) }

  /// The numbers of the language model.
  var languageModel: LeLMConfig {
    let tiny = self == .tiny
    func shape(_ layers: Int, _ theta: Double) -> TransformerShape {
      TransformerShape(
        width: tiny ? 64 : isLarge ? 2048 : 1536,
        feedForward: tiny ? 160 : isLarge ? 11008 : 8960, heads: tiny ? 4 : isLarge ? 16 : 12,
        layers: layers, ropeTheta: theta)
    }
    return LeLMConfig(
      codeSize: tiny ? 256 : 16384, delays: tiny ? [0, 5, 5] : [0, 250, 250], frameRate: 25,
      maxDuration: tiny ? 40 : isLong ? 270 : 150, lyricsLength: isLong ? 600 : 300,
      styleLength: isLong ? 100 : 50, promptLength: tiny ? 27 : 252, guidance: 1.5,
      main: shape(tiny ? 2 : isLarge ? 36 : 28, isLong ? 5e5 : 1e5),
      sub: shape(tiny ? 2 : 12, 5e5))
  }

  /// The placeholders of `config.yaml` and their values.
  var numbers: [String: String] {
    let model = languageModel
    return [
      "MAX_DUR": String(Int(model.maxDuration)),
      "PROMPT": String((model.promptLength - 2) / model.frameRate),
      "DIM": String(model.main.width),
      "INNER": String(model.main.feedForward),
      "HEADS": String(model.main.heads),
      "LAYERS": String(model.main.layers),
      "SUB": String(model.sub.layers),
      "CODES": String(model.codeSize),
      "THETA": String(model.main.ropeTheta),
      "THETA_SUB": String(model.sub.ropeTheta),
      "DELAYS": "\(model.delays)",
      "LYRICS": String(model.lyricsLength),
      "STYLE": String(model.styleLength),
    ]
  }

  /// The two codec files: of two tracks, of one.
  func codec(tracks: Int) -> FakeShapes.Codec {
    guard self == .tiny else {
      return FakeShapes.Codec(
        tracks: tracks, codes: 16384, codeWidth: 32, condition: 1024, latent: 64, mask: 24,
        time: 512, width: 2200, layers: 16, positions: 1000,
        encoder: FakeShapes.Encoder(channels: 512, bands: 128, inner: 4096, heads: 16, taps: 31))
    }
    return FakeShapes.Codec(
      tracks: tracks, codes: 256, codeWidth: 8, condition: 32, latent: 16, mask: 8, time: 32,
      width: 104, layers: 2, positions: 1000,
      encoder: FakeShapes.Encoder(channels: 4, bands: 128, inner: 64, heads: 4, taps: 7))
  }

  /// The layer table of the autoencoder.
  var autoencoder: VAEConfig {
    let (channels, latent) = self == .tiny ? (4, 16) : (128, 64)
    func part(_ latent: Int) -> VAEConfig.Part {
      VAEConfig.Part(
        channels: channels, multipliers: [1, 2, 4, 8, 16], strides: [2, 4, 4, 6, 10],
        latent: latent)
    }
    return VAEConfig(
      sampleRate: 48000, audioChannels: 2, decoder: part(latent), encoder: part(2 * latent))
  }

  /// Attention heads of the flow network and of the separator, where no reader knows them.
  var flowHeads: Int? { self == .tiny ? 4 : nil }

  /// Channels, first frequencies and transformer width of the separator.
  var separator: (channels: Int, bottom: Int) { self == .tiny ? (8, 32) : (48, 512) }

  /// The codes that stand for silence, where the official ones are none.
  var silentCodes: ModelManifest.SilentCodes? {
    self == .tiny ? ModelManifest.SilentCodes(vocal: 1, accompaniment: 2) : nil
  }
}
