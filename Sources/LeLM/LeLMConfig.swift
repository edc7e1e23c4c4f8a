public import Weights

/// The numbers of a LeLM model, read from its config.yaml; nothing is built in.
public struct LeLMConfig: Sendable, Hashable {
  /// Entries of each codebook, C. Token C ends a song, C + 1 is special.
  public var codeSize: Int
  /// Columns by which each of the three codebooks lags.
  public var delays: [Int]
  /// Token frames per second.
  public var frameRate: Int
  /// The longest song in seconds.
  public var maxDuration: Double
  /// Positions of the lyrics in the prefix.
  public var lyricsLength: Int
  /// Positions of the style description in the prefix.
  public var styleLength: Int
  /// Positions of the prompt in the prefix: one more than its columns.
  public var promptLength: Int
  /// Guidance coefficient of config.yaml.
  public var guidance: Double
  /// The transformer of the mixed tokens, T1.
  public var main: TransformerShape
  /// The transformer of the dual-track tokens, T2.
  public var sub: TransformerShape

  /// The token that ends a codebook.
  public var endToken: Int32 { Int32(codeSize) }
  /// The token that stands for start, mask, padding and "no prompt".
  public var specialToken: Int32 { Int32(codeSize) + 1 }
  /// Prompt frames that fit: `promptLength` less the end-of-text vector and the begin column.
  public var promptFrames: Int { promptLength - 2 }
  /// Positions of the whole prefix, P.
  public var prefixLength: Int { lyricsLength + promptLength + styleLength }
  /// Frames of the longest song.
  public var maxFrames: Int { Int(maxDuration * Double(frameRate)) }

  package init(
    codeSize: Int, delays: [Int], frameRate: Int, maxDuration: Double, lyricsLength: Int,
    styleLength: Int, promptLength: Int, guidance: Double, main: TransformerShape,
    sub: TransformerShape
  ) {
    self.codeSize = codeSize
    self.delays = delays
    self.frameRate = frameRate
    self.maxDuration = maxDuration
    self.lyricsLength = lyricsLength
    self.styleLength = styleLength
    self.promptLength = promptLength
    self.guidance = guidance
    self.main = main
    self.sub = sub
  }

  /// Reads config.yaml.
  ///
  /// - Throws: ``LeLMError/configuration(_:)`` naming the key that is missing or out of range.
  public init(_ config: ModelConfig) throws(LeLMError) {
    func int(_ key: String, _ range: ClosedRange<Int>) throws(LeLMError) -> Int {
      let value: Int
      do { value = try config.int(key) } catch { throw .configuration(error.description) }
      guard range.contains(value) else {
        throw .configuration(
          "\(config.file): \(key) is \(value), must be in \(range.lowerBound)...\(range.upperBound)"
        )
      }
      return value
    }
    func double(_ key: String, _ range: ClosedRange<Double>) throws(LeLMError) -> Double {
      let value: Double
      do { value = try config.double(key) } catch { throw .configuration(error.description) }
      guard range.contains(value) else {
        throw .configuration("\(config.file): \(key) is \(value), out of range")
      }
      return value
    }
    guard try int("lm.code_depth", 1...8) == 3 else {
      throw .configuration("\(config.file): lm.code_depth must be 3 (mixed, vocal, accompaniment)")
    }
    codeSize = try int("lm.code_size", 1...65533)
    do {
      delays = try config.ints("codebooks_pattern.delay.delays")
    } catch {
      throw .configuration(error.description)
    }
    guard delays.count == 3, delays.allSatisfy({ (0...4096).contains($0) }) else {
      throw .configuration(
        "\(config.file): codebooks_pattern.delay.delays must be 3 numbers in 0...4096")
    }
    frameRate = try int("audio_tokenizer_frame_rate", 1...1000)
    maxDuration = try double("max_dur", 0.04...3600)
    lyricsLength = try int("conditioners.description.QwTokenizer.max_len", 1...65536)
    styleLength = try int("conditioners.type_info.QwTextTokenizer.max_len", 1...65536)
    promptLength = try int("conditioners.prompt_audio.qt_embedding.max_len", 2...65536)
    guidance = try double("classifier_free_guidance.inference_coef", 0...100)
    let width = try int("lm.dim", 2...65536)
    let feedForward = try int("lm.intermediate_size", 1...1 << 20)
    let heads = try int("lm.num_heads", 1...1024)
    guard width.isMultiple(of: heads), (width / heads).isMultiple(of: 2) else {
      throw .configuration("\(config.file): lm.dim must be an even multiple of lm.num_heads")
    }
    main = TransformerShape(
      width: width, feedForward: feedForward, heads: heads,
      layers: try int("lm.num_layers", 1...512),
      ropeTheta: try double("lm.rope_theta", 1...1e12))
    sub = TransformerShape(
      width: width, feedForward: feedForward, heads: heads,
      layers: try int("lm.num_layers_sub", 1...512),
      ropeTheta: try double("lm.rope_theta_sub", 1...1e12))
    // The product cannot overflow: every factor is bounded above.
    let positions = prefixLength + maxFrames + 4097
    let cache = Double(positions) * Double(16 * width) * Double(main.layers + sub.layers)
    guard cache <= 0x1p40 else {
      throw .configuration(
        "\(config.file): a song of max_dur \(maxDuration) s would need \(Int(cache / 1e9)) GB of cache"
      )
    }
  }
}
