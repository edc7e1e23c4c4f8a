import MusicCodec

/// The text files of a model of random weights: configuration, labels, layer table, tokenizer.
enum FakeText {
  /// The section labels in the order of their ids.
  static let labels =
    ["verse", "chorus", "bridge"].map { "[\($0)]" }
    + ["intro", "outro", "inst"].flatMap { kind in
      ["short", "medium", "long"].map { "[\(kind)-\($0)]" }
    } + ["[silence]"]

  /// `conf/vocab.yaml`.
  static var vocabulary: String { labels.map { "- '\($0)'\n" }.joined() }

  /// `config.yaml`, with the keys of the official ones that are read.
  static func config(_ family: FakeFamily, paths: FakePaths) -> String {
    var text = template
    var values = family.numbers
    values["CODEC_MIXED"] = paths.codecMixed
    values["CODEC"] = paths.codec
    values["TABLE"] = paths.layerTable
    values["VAE"] = paths.vae
    for (key, value) in values { text = text.replacing("@\(key)@", with: value) }
    return text
  }

  private static let template = """
    # Sizes of a published model; the weights are random.
    max_dur: @MAX_DUR@
    min_dur: 1
    prompt_len: @PROMPT@
    pad_to_max: true

    audio_tokenizer_checkpoint: Flow1dVAE1rvq_./@CODEC_MIXED@
    audio_tokenizer_frame_rate: 25
    audio_tokenizer_code_depth: 1
    sample_rate: 48000

    audio_tokenizer_checkpoint_sep: Flow1dVAESeparate_./@CODEC@
    audio_tokenizer_frame_rate_sep: 25
    audio_tokenizer_code_depth_sep: 2
    sample_rate_sep: 48000

    vae_config: ./@TABLE@
    vae_model: ./@VAE@

    lm:
      lm_type: Llama
      dim: @DIM@
      intermediate_size: @INNER@
      num_heads: @HEADS@
      num_layers: @LAYERS@
      num_layers_sub: @SUB@
      code_depth: 3
      code_size: @CODES@
      max_position_embeddings: 10000
      max_position_embeddings_sub: 10000
      rope_theta: @THETA@
      rope_theta_sub: @THETA_SUB@

    codebooks_pattern:
      modeling: delay
      delay:
        delays: @DELAYS@
        flatten_first: 0
        empty_initial: 0

    classifier_free_guidance:
      training_dropout: 0.15
      inference_coef: 1.5

    fuser:
      sum: []
      prepend: [ description, prompt_audio, type_info ]

    conditioners:
      prompt_audio:
        model: qt_embedding
        qt_embedding:
          code_size: @CODES@
          code_depth: 3
          max_len: ${eval:${prompt_len}*${audio_tokenizer_frame_rate}+2}
      description:
        model: QwTokenizer
        QwTokenizer:
          token_path: tokenizer
          max_len: @LYRICS@
          add_token_list: ${load_yaml:conf/vocab.yaml}
      type_info:
        model: QwTextTokenizer
        QwTextTokenizer:
          token_path: tokenizer
          max_len: @STYLE@

    """

  /// The layer table of the autoencoder.
  static func layerTable(_ family: FakeFamily) -> String {
    let (channels, latent) = (
      family.autoencoder.decoder.channels, family.autoencoder.decoder.latent
    )
    func part(_ width: Int, _ extra: String) -> String {
      """
      {"type": "oobleck", "config": {\(extra)"channels": \(channels), "c_mults": [1, 2, 4, 8, 16], \
      "strides": [2, 4, 4, 6, 10], "latent_dim": \(width), "use_snake": true
      """
    }
    return """
      {
        "sample_rate": 48000,
        "model": {
          "encoder": \(part(2 * latent, "\"in_channels\": 2, "))}},
          "decoder": \(part(latent, "\"out_channels\": 2, ")), "final_tanh": false}},
          "bottleneck": {"type": "vae"},
          "latent_dim": \(latent), "downsampling_ratio": 1920, "io_channels": 2
        }
      }

      """
  }
}

/// Where the files of a model of random weights lie.
struct FakePaths {
  var lm: String
  var codec: String
  var codecMixed: String
  var vae: String
  var layerTable: String
  var separator: String
}
