import Corpus

/// The text files of the toy's model directory: configuration in the official form, tokenizer, manifest.
public struct ToyFiles: Sendable {
  /// A file by its name in the directory.
  public struct File: Sendable {
    public let name: String
    public let text: String
  }

  private let shape: ToyShape

  public init(_ shape: ToyShape = ToyShape()) { self.shape = shape }

  /// Section labels in the order of their ids, those of the official models.
  static let labels =
    ["verse", "chorus", "bridge"]
    + ["intro", "outro", "inst"].flatMap { part in
      ["short", "medium", "long"].map { "\(part)-\($0)" }
    } + ["silence"]

  /// All of them.
  public var all: [File] {
    let vocabulary = PieceVocabulary(styleWords: styleWords)
    return [
      File(name: "config.yaml", text: configuration),
      File(
        name: "conf/vocab.yaml", text: Self.labels.map { "- '[\($0)]'\n" }.joined()),
      File(name: "tokenizer/vocab.json", text: vocabulary.vocabularyJSON),
      File(name: "tokenizer/merges.txt", text: vocabulary.mergesText),
      File(
        name: "tokenizer/tokenizer_config.json",
        text: Self.tokenizerConfiguration(first: vocabulary.pieces.count)),
      File(name: "sg-model.json", text: manifest),
    ]
  }

  private var styleWords: [String] {
    Voice.allCases.map(\.rawValue) + Genre.allCases.map(\.rawValue) + Mood.allCases.map(\.rawValue)
      + Instrument.allCases.map(\.rawValue) + ["the", "bpm", "is"]
  }

  /// tokenizer_config.json, with the three special tokens behind the pieces.
  private static func tokenizerConfiguration(first: Int) -> String {
    let special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    let added = special.enumerated().map { index, token in
      """
        "\(first + index)": {"content": "\(token)", "lstrip": false, "normalized": false, \
      "rstrip": false, "single_word": false, "special": true}
      """
    }
    return """
      {
       "add_prefix_space": false,
       "added_tokens_decoder": {
      \(added.joined(separator: ",\n"))
       },
       "additional_special_tokens": ["<|im_start|>", "<|im_end|>"],
       "bos_token": null,
       "clean_up_tokenization_spaces": false,
       "eos_token": "<|endoftext|>",
       "errors": "replace",
       "model_max_length": 32768,
       "pad_token": "<|endoftext|>",
       "split_special_tokens": false,
       "tokenizer_class": "Qwen2Tokenizer",
       "unk_token": "<|endoftext|>"
      }

      """
  }

  /// config.yaml
  private var configuration: String {
    """
    lyric_processor:
    max_dur: \(shape.seconds)
    min_dur: 1
    prompt_len: \(shape.promptSeconds)
    pad_to_max: true

    audio_tokenizer_checkpoint: Flow1dVAE1rvq_./codec-1rvq.safetensors
    audio_tokenizer_frame_rate: 25
    audio_tokenizer_code_depth: 1
    sample_rate: 48000

    audio_tokenizer_checkpoint_sep: Flow1dVAESeparate_./codec.safetensors
    audio_tokenizer_frame_rate_sep: 25
    audio_tokenizer_code_depth_sep: 2
    sample_rate_sep: 48000

    vae_config: ./vae.json
    vae_model: ./vae.safetensors

    lm:
      lm_type: Llama
      dim: \(shape.width)
      intermediate_size: \(shape.feedForward)
      num_heads: \(shape.heads)
      num_layers: \(shape.layers)
      num_layers_sub: \(shape.subLayers)
      code_depth: 3
      code_size: \(shape.codes)
      max_position_embeddings: 2048
      max_position_embeddings_sub: 2048
      rope_theta: 10000.0
      rope_theta_sub: 10000.0
      dropout: 0.0
      activation: gelu
      norm_first: true
      bias_ff: false
      bias_attn: false
      causal: true
      kv_repeat: 1

    codebooks_pattern:
      modeling: delay
      delay:
        delays: [0, \(shape.delay), \(shape.delay)]
        flatten_first: 0
        empty_initial: 0

    classifier_free_guidance:
      training_dropout: 0.12
      inference_coef: 1.5

    attribute_dropout:
      args:
        active_on_eval: false
      text:
        description: 0.0
        type_info: 0.15
      audio:
        prompt_audio: 0.85

    use_text_training: True
    fuser:
      sum: []
      prepend: [ description, prompt_audio, type_info ]

    conditioners:
      prompt_audio:
        model: qt_embedding
        qt_embedding:
          code_size: \(shape.codes)
          code_depth: 3
          max_len: ${eval:${prompt_len}*${audio_tokenizer_frame_rate}+2}
      description:
        model: QwTokenizer
        QwTokenizer:
          token_path: tokenizer
          max_len: \(shape.lyrics)
          add_token_list: ${load_yaml:conf/vocab.yaml}
      type_info:
        model: QwTextTokenizer
        QwTextTokenizer:
          token_path: tokenizer
          max_len: \(shape.style)

    """
  }

  /// sg-model.json
  private var manifest: String {
    func list(_ words: [String]) -> String {
      "[" + words.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }
    let tempi = Tempo.allCases.map(\.bpm).sorted().map(String.init).joined(separator: ", ")
    let tempiOfGenre = Genre.allCases.map { genre in
      "        \"\(genre.rawValue)\": ["
        + genre.tempi.map(\.bpm).sorted().map(String.init).joined(separator: ", ") + "]"
    }
    return """
      {
        "name": "tiny",
        "toy": true,
        "requestVersion": "v1",
        "sampling": {
          "temperature": 0.5,
          "topK": 20,
          "topP": 0,
          "guidance": 1.5,
          "penalty": false,
          "penaltyWindow": 50
        },
        "silentCodes": { "vocal": 0, "accompaniment": 0 },
        "flow": { "steps": 2, "guidance": 1, "heads": \(shape.flowHeads) },
        "encoder": { "features": "vae", "vocalGain": \(shape.vocalGain) },
        "text": {
          "frontEnd": "phonemes",
          "lexicon": "tokenizer/lexicon.txt",
          "style": {
            "tags": [
              \(list(Voice.allCases.map(\.rawValue))),
              \(list(Genre.allCases.map(\.rawValue))),
              \(list(Mood.allCases.map(\.rawValue))),
              \(list(Instrument.allCases.map(\.rawValue)))
            ],
            "bpm": [\(tempi)],
            "bpmOfTag": {
      \(tempiOfGenre.joined(separator: ",\n"))
            }
          }
        },
        "files": {
          "config": "config.yaml",
          "codec": "codec.safetensors",
          "codec-mixed": "codec-1rvq.safetensors",
          "vae": "vae.safetensors",
          "vae-config": "vae.json",
          "tokenizer": "tokenizer",
          "lexicon": "tokenizer/lexicon.txt"
        }
      }

      """
  }
}
