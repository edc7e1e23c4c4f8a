import Diagnostics

extension GGUFHeader {
  /// Seconds of the longest song where the file does not say: that of the v2 models.
  private static let officialDuration = 270.0

  /// What `config.yaml` would say, from the keys of a LeLM file.
  ///
  /// The longest song and the guidance are not among the keys of LeVo2.cpp: `sg.max_duration` and
  /// `sg.guidance` of our own writer count, else the numbers of the official v2 models.
  func config(file: String) throws(WeightsFailure) -> ModelConfig {
    func size(_ key: String, _ most: Int = 1 << 20) throws(WeightsFailure) -> ConfigValue {
      .integer(try integer("levo2." + key, 0...most, file: file))
    }
    func real(_ key: String) throws(WeightsFailure) -> ConfigValue {
      .number(try number("levo2." + key, file: file))
    }
    func own(_ key: String, _ other: Double) -> ConfigValue {
      .number((try? number(key, file: file)) ?? other)
    }
    let heads = try size("attention.head_count")
    guard try size("attention.kv_head_count") == heads else {
      throw .malformed(file, "has fewer key heads than heads, which LeLM does not")
    }
    let epsilon = try number("levo2.rms_norm_epsilon", file: file)
    guard (epsilon - 1e-5).magnitude < 1e-9 else {
      throw .malformed(file, "'levo2.rms_norm_epsilon' is \(epsilon), only 1e-5 is known")
    }
    let labels = try GGUFVocabulary(self, file: file).labels
    let lm: [String: ConfigValue] = [
      "code_depth": try size("codebook.count"),
      "code_size": try size("codebook.size"),
      "dim": try size("embedding_length"),
      "intermediate_size": try size("feed_forward_length"),
      "num_heads": heads,
      "num_layers": try size("main.block_count"),
      "num_layers_sub": try size("detail.block_count"),
      "max_position_embeddings": try size("context_length", 1 << 30),
      "max_position_embeddings_sub": try size("context_length", 1 << 30),
      "rope_theta": try real("main.rope_theta"),
      "rope_theta_sub": try real("detail.rope_theta"),
    ]
    let conditioners: [String: ConfigValue] = [
      "description": .table([
        "QwTokenizer": .table([
          "max_len": try size("condition.lyrics_prefix_length"),
          "add_token_list": .list(labels.map(ConfigValue.string)),
        ])
      ]),
      "type_info": .table([
        "QwTextTokenizer": .table(["max_len": try size("condition.style_prefix_length")])
      ]),
      "prompt_audio": .table([
        "qt_embedding": .table(["max_len": try size("condition.prompt_prefix_length")])
      ]),
    ]
    let delays = try integers("levo2.pattern.delays", file: file).map(ConfigValue.integer)
    return ModelConfig(
      file: file,
      root: .table([
        "max_dur": own("sg.max_duration", Self.officialDuration),
        "audio_tokenizer_frame_rate": try size("audio.frame_rate"),
        "sample_rate": try size("audio.sample_rate", 1 << 30),
        "lm": .table(lm),
        "codebooks_pattern": .table(["delay": .table(["delays": .list(delays)])]),
        "classifier_free_guidance": .table(["inference_coef": own("sg.guidance", 1.5)]),
        "conditioners": .table(conditioners),
      ]))
  }

  /// The layer table of the autoencoder, in the official JSON form, from the keys of a VAE file. The
  /// encoder, which the file lacks, mirrors the decoder.
  func layerTable(file: String) throws(WeightsFailure) -> [UInt8] {
    func size(_ key: String) throws(WeightsFailure) -> Int {
      try integer("levo2.vae." + key, 1...1 << 20, file: file)
    }
    let latent = try size("latent_dim")
    let layers =
      "\"channels\":\(try size("channels"))"
      + ",\"c_mults\":\(try integers("levo2.vae.c_mults", file: file))"
      + ",\"strides\":\(try integers("levo2.vae.strides", file: file)),\"use_snake\":true"
    for (key, wanted) in [("use_snake_beta", true), ("final_tanh", false), ("soft_clip", false)] {
      if case .bool(let value)? = values["levo2.vae." + key], value != wanted {
        throw .malformed(file, "'levo2.vae.\(key)' is \(value), only \(wanted) is known")
      }
    }
    let channels = try size("audio_channels")
    let encoder = "{\"type\":\"oobleck\",\"config\":{\(layers),\"latent_dim\":\(2 * latent)}}"
    let decoder =
      "{\"type\":\"oobleck\",\"config\":{\(layers),\"latent_dim\":\(latent),\"final_tanh\":false}}"
    return Array(
      ("{\"sample_rate\":\(try size("sample_rate")),\"audio_channels\":\(channels),\"model\":"
        + "{\"encoder\":\(encoder),\"decoder\":\(decoder),\"latent_dim\":\(latent)"
        + ",\"downsampling_ratio\":\(try size("downsampling_ratio")),\"io_channels\":\(channels)}}")
        .utf8)
  }
}
