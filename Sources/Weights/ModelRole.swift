/// What a file of a model is for.
public enum ModelRole: String, Sendable, Hashable, CaseIterable {
  /// `config.yaml`.
  case config
  /// The language model (`audiolm.*`).
  case lm
  /// The two-track codec: flow network, both quantisers, latent statistics.
  case codec
  /// The one-track codec, whose quantiser gives the mixed row.
  case codecMixed = "codec-mixed"
  /// Weights of the waveform autoencoder.
  case vae
  /// Layer table of the waveform autoencoder, JSON.
  case vaeConfig = "vae-config"
  /// The network that takes a song apart.
  case separator
  /// Folder with `vocab.json`, `merges.txt`, `tokenizer_config.json`.
  case tokenizer
  /// Token rows of reference audio by style and language (`new_auto_prompt.pt`).
  case autoPrompts = "auto-prompts"
  /// Pronunciations for a model that sings from phonemes.
  case lexicon

  /// For messages.
  public var title: String {
    switch self {
    case .config: "configuration"
    case .lm: "language model"
    case .codec: "two-track codec"
    case .codecMixed: "one-track codec"
    case .vae: "autoencoder weights"
    case .vaeConfig: "autoencoder layer table"
    case .separator: "separation network"
    case .tokenizer: "tokenizer folder"
    case .autoPrompts: "automatic prompts"
    case .lexicon: "lexicon"
    }
  }

  /// Whether files of this role hold tensors.
  public var holdsTensors: Bool {
    switch self {
    case .lm, .codec, .codecMixed, .vae, .separator: true
    case .config, .vaeConfig, .tokenizer, .autoPrompts, .lexicon: false
    }
  }

  /// The keys of `config.yaml` that may name the file, in the order of preference.
  var configKeys: [String] {
    switch self {
    case .codec: ["audio_tokenizer_checkpoint_sep"]
    case .codecMixed: ["audio_tokenizer_checkpoint"]
    case .vae: ["vae_model"]
    case .vaeConfig: ["vae_config"]
    case .tokenizer:
      [
        "conditioners.description.QwTokenizer.token_path",
        "conditioners.type_info.QwTextTokenizer.token_path",
      ]
    case .config, .lm, .separator, .autoPrompts, .lexicon: []
    }
  }
}
