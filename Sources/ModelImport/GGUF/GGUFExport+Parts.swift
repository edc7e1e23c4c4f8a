import Diagnostics
public import LeLM
public import MusicCodec
public import TextTokens
public import Weights

extension GGUFExport {
  /// A LeLM file.
  ///
  /// - Parameters:
  ///   - merges: `merges.txt`, whose lines go into the file as they are.
  ///   - labels: the section labels, which the file has after the special tokens.
  public static func languageModel(
    _ source: any TensorNumbers, config: LeLMConfig, tokenizer: Tokenizer, merges: String,
    labels: [String], precision: Precision, file: String
  ) throws(WeightsFailure) -> GGUFExport {
    guard let pieces = tokenizer.vocabulary, tokenizer.endOfText == pieces.count,
      tokenizer.imStart == pieces.count + 1, tokenizer.imEnd == pieces.count + 2
    else {
      throw WeightsFailure(
        .data,
        "\(printable(file)): a GGUF file has <|endoftext|>, <|im_start|> and <|im_end|> right after "
          + "the vocabulary, which this tokenizer has not")
    }
    let special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"] + labels
    let lines = merges.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#version") }
    var keys: [(String, GGUFMetadata)] = []
    for (key, value) in [
      ("main.block_count", config.main.layers), ("detail.block_count", config.sub.layers),
      ("embedding_length", config.main.width), ("feed_forward_length", config.main.feedForward),
      ("attention.head_count", config.main.heads), ("attention.kv_head_count", config.main.heads),
      ("context_length", config.prefixLength + config.maxFrames + 1 + (config.delays.max() ?? 0)),
      ("codebook.count", 3), ("codebook.size", config.codeSize),
      ("token.eos_id", Int(config.endToken)), ("token.special_id", Int(config.specialToken)),
      ("audio.frame_rate", config.frameRate), ("audio.sample_rate", 48000),
      ("condition.lyrics_prefix_length", config.lyricsLength),
      ("condition.prompt_prefix_length", config.promptLength),
      ("condition.style_prefix_length", config.styleLength),
      ("tokenizer.vocab_size", pieces.count + special.count),
    ] {
      keys.append(("levo2." + key, .uint32(value)))
    }
    keys += [
      ("levo2.rms_norm_epsilon", .float32(1e-5)),
      ("levo2.main.rope_theta", .float32(config.main.ropeTheta)),
      ("levo2.detail.rope_theta", .float32(config.sub.ropeTheta)),
      ("levo2.pattern.delays", .int32s(config.delays)),
      ("sg.max_duration", .float32(config.maxDuration)),
      ("sg.guidance", .float32(config.guidance)),
      ("tokenizer.ggml.model", .string("gpt2")),
      ("tokenizer.ggml.tokens", .strings(pieces + special.map { Array($0.utf8) })),
      ("tokenizer.ggml.merges", .strings(lines.map { Array($0.utf8) })),
    ]
    return try GGUFExport(
      .languageModel,
      GGUFPlace.languageModel(mainLayers: config.main.layers, detailLayers: config.sub.layers),
      keys: keys, source: source, precision: precision, file: file)
  }

  /// A Flow file.
  public static func flow(
    _ source: any TensorNumbers, shape: FlowShape, codes: Int, codeWidth: Int,
    precision: Precision, file: String
  ) throws(WeightsFailure) -> GGUFExport {
    guard shape.tracks == 2 else {
      throw WeightsFailure(
        .data, "\(printable(file)): GGUF files are for the two-track codec, this has one track")
    }
    let window = min(1000, shape.positions)
    var keys: [(String, GGUFMetadata)] = []
    for (key, value) in [
      ("hidden_size", shape.width), ("n_layer", shape.layers), ("n_head", shape.heads),
      ("head_dim", shape.width / shape.heads), ("intermediate_size", shape.inner),
      ("max_frames", shape.positions), ("codebook_size", codes), ("codebook_dim", codeWidth),
      ("condition_dim", shape.condition), ("latent_dim", shape.latent), ("mask_dim", shape.mask),
      ("time_embedding_dim", shape.time), ("euler_steps_default", 50), ("sample_rate", 48000),
      ("frame_rate", 25), ("window_frames", window), ("hop_frames", window / 4 * 3),
      ("overlap_frames", window - window / 4 * 3),
    ] {
      keys.append(("levo2.flow." + key, .uint32(value)))
    }
    for (key, value) in [
      ("cfg_default", 1.5), ("rope_theta", 10000), ("time_embedding_scale", 1000),
      ("sigma_min", 1e-4),
    ] {
      keys.append(("levo2.flow." + key, .float32(value)))
    }
    let types = [Precision.f32: "F32", .f16: "F16", .q8: "MIXED"]
    keys += [
      ("levo2.flow.rvq_weight_norm_folded", .bool(true)),
      ("levo2.flow.parameter_dtype", .string(types[precision] ?? "F32")),
    ]
    if precision == .q8 {
      func padded(_ size: Int) -> Int { (size + 31) / 32 * 32 }
      keys += [
        ("levo2.quantization.profile", .string("Q8_0")),
        ("levo2.quantization.policy_revision", .string("1")),
        (
          "levo2.quantization.flow_padded_input",
          .string(
            "hidden=\(shape.width)->\(padded(shape.width));"
              + "intermediate=\(shape.inner)->\(padded(shape.inner))")
        ),
      ]
    }
    return try GGUFExport(
      .flow, GGUFPlace.flow(layers: shape.layers, hidden: shape.width, inner: shape.inner),
      keys: keys, source: source, precision: precision, file: file)
  }

  /// A VAE file: the decoder of the autoencoder, as 32-bit numbers or, unless `f32`, 16-bit ones.
  public static func autoencoder(
    _ source: any TensorNumbers, config: VAEConfig, precision: Precision, file: String
  ) throws(WeightsFailure) -> GGUFExport {
    let places = GGUFPlace.autoencoder(stages: config.decoder.strides.count)
    var keys: [(String, GGUFMetadata)] = []
    for (key, value) in [
      ("sample_rate", config.sampleRate), ("audio_channels", config.audioChannels),
      ("latent_dim", config.decoder.latent), ("channels", config.decoder.channels),
      ("downsampling_ratio", config.ratio), ("decoder.stage_count", config.decoder.strides.count),
      ("decoder.residual_units_per_stage", 3), ("source_tensor_count", source.specs.count),
      (
        "decoder_source_tensor_count",
        source.specs.filter { $0.name.hasPrefix("decoder.") }.count
      ), ("tensor_count", places.count),
    ] {
      keys.append(("levo2.vae." + key, .uint32(value)))
    }
    keys += [
      ("levo2.vae.c_mults", .int32s(config.decoder.multipliers)),
      ("levo2.vae.strides", .int32s(config.decoder.strides)),
      ("levo2.vae.use_snake_beta", .bool(true)), ("levo2.vae.final_tanh", .bool(false)),
      ("levo2.vae.soft_clip", .bool(false)), ("levo2.vae.weight_norm_folded", .bool(true)),
      ("levo2.vae.parameter_dtype", .string("F32")),
    ]
    return try GGUFExport(
      .autoencoder, places, keys: keys, source: source,
      precision: precision == .f32 ? .f32 : .f16, file: file)
  }
}
