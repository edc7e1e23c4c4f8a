package import Neural
public import Weights

/// LeLM: T1 for mixed tokens, T2 for dual-track tokens, the bridge between them, and their heads.
///
/// Immutable after loading; sequences are ``TrackDecoder``s over it.
public struct LanguageModel: Sendable {
  public let config: LeLMConfig
  /// Rows of the lyrics and the style table, evidence for the request version.
  public let lyricsRows: Int
  public let styleRows: Int

  let conditioner: Conditioner
  let embeddings: [WeightMatrix]  // emb.0, layer2_emb.1, layer2_emb.2 [C + 2, D]
  var transformer: Transformer  // transformer.model
  var transformer2: Transformer  // transformer2.model
  var bridgeIn: WeightMatrix  // mlp.0.weight [D, 2 D]
  let bridgeInBias: FloatBuffer  // mlp.0.bias [D]
  var bridgeOut: WeightMatrix  // mlp.2.weight [D, D]
  let bridgeOutBias: FloatBuffer  // mlp.2.bias [D]
  var heads: [WeightMatrix]  // transformer.lm_head, linears.0, linears.1 [C + 1, D]

  /// Opens a checkpoint with the official tensor names, which stays mapped.
  ///
  /// - Throws: ``LeLMError/checkpoint(_:)`` if a tensor is missing or misshaped.
  public init(_ file: TensorFile, config: LeLMConfig) throws(LeLMError) {
    let checkpoint = Checkpoint(file)
    let width = config.main.width
    let positions = config.prefixLength + config.maxFrames + 1 + (config.delays.max() ?? 0)
    self.config = config
    conditioner = try Conditioner(checkpoint, config: config)
    lyricsRows = conditioner.lyrics.rows
    styleRows = conditioner.style.rows
    var tables: [WeightMatrix] = []
    for name in ["emb.0.weight", "layer2_emb.1.weight", "layer2_emb.2.weight"] {
      tables.append(try checkpoint.matrix(name, rows: config.codeSize + 2, columns: width))
    }
    embeddings = tables
    transformer = try checkpoint.transformer(
      "transformer", shape: config.main, positions: positions)
    transformer2 = try checkpoint.transformer(
      "transformer2", shape: config.sub, positions: positions)
    bridgeIn = try checkpoint.matrix("mlp.0.weight", rows: width, columns: 2 * width)
    bridgeInBias = try checkpoint.vector("mlp.0.bias", count: width)
    bridgeOut = try checkpoint.matrix("mlp.2.weight", rows: width, columns: width)
    bridgeOutBias = try checkpoint.vector("mlp.2.bias", count: width)
    var heads: [WeightMatrix] = []
    for name in ["transformer.lm_head.weight", "linears.0.weight", "linears.1.weight"] {
      heads.append(try checkpoint.matrix(name, rows: config.codeSize + 1, columns: width))
    }
    self.heads = heads
  }

  /// The model with row C (the end token) of its three heads replaced by `rows` [3, D].
  package func overridingEndRows(_ rows: FloatBuffer) -> LanguageModel {
    var copy = self
    let width = config.main.width
    copy.heads = heads.enumerated().map { index, head in
      let buffer = FloatBuffer(count: head.rows * width)
      for row in 0..<head.rows { head.copyRow(row, to: buffer.base + row * width) }
      (buffer.base + config.codeSize * width)
        .update(from: rows.base + index * width, count: width)
      return WeightMatrix(rows: head.rows, columns: width, buffer)
    }
    return copy
  }

  /// Whether any matrix that every step reads is packed.
  public var isPacked: Bool {
    ([bridgeIn, bridgeOut] + heads).contains { $0.packed != nil }
      || (transformer.layers + transformer2.layers).contains {
        $0.output.packed != nil || $0.attentionInputs != nil || $0.feedForward != nil
      }
  }

  /// What the model is computed with unless something else is asked for: f32 where its weights are
  /// plain, int8 where they are packed.
  public var ownArithmetic: Arithmetic { isPacked ? .fast : .exact }

  /// Prefix vectors [2, P, D] of T1 and of T2.
  ///
  /// - Throws: ``LeLMError/request(_:)`` if an id has no row.
  package func prefixes(
    _ ids: ConditionIDs
  ) throws(LeLMError) -> (mixed: FloatBuffer, dual: FloatBuffer) {
    (
      mixed: try conditioner.prefix(ids, stream: .mixed),
      dual: try conditioner.prefix(ids, stream: .dual)
    )
  }
}
