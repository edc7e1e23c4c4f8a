import Diagnostics
public import Gradients
public import LeLM
public import Neural
public import Weights

/// The parameters of a LeLM by the names of the official checkpoints.
///
/// Tables that inference never reads (`embed_tokens`, `layer2_emb.0`, `transformer2.lm_head`) are left
/// out.
public final class TrainableModel: Sendable {
  public let config: LeLMConfig
  public let parameters: ParameterStore
  let main: Stack
  let sub: Stack
  let conditions: ConditionTables
  /// emb.0, layer2_emb.1, layer2_emb.2 [C + 2, D].
  let embeddings: [Parameter]
  /// transformer.lm_head, linears.0, linears.1 [C + 1, D].
  let heads: [Parameter]
  let bridge: Bridge

  /// mlp.0 and mlp.2: what T2 makes of its own input and T1's output.
  struct Bridge {
    let input: Parameter  // [D, 2 D]
    let inputBias: Parameter
    let output: Parameter  // [D, D]
    let outputBias: Parameter
  }

  /// What the prefix is made of.
  struct ConditionTables {
    let lyrics: Parameter
    let structure: Parameter
    let style: Parameter
    let endOfText: Parameter  // [1, D]
    let endOfText2: Parameter
    let prompt: [Parameter]  // 3 of [C + 2, D]
  }

  /// A model from `values`, which gives the elements of each tensor that is asked for.
  ///
  /// - Parameters:
  ///   - lyricsRows, structureRows, styleRows: rows of the tables of lyrics ids, section numbers and
  ///     style ids.
  public init(
    _ config: LeLMConfig, lyricsRows: Int, structureRows: Int, styleRows: Int,
    values: (_ name: String, _ shape: [Int]) throws -> FloatBuffer
  ) throws {
    self.config = config
    let store = ParameterStore()
    let width = config.main.width
    func make(_ name: String, _ shape: Int...) throws -> Parameter {
      store.add(name, shape: shape, value: try values(name, shape))
    }
    let base = "condition_provider.conditioners."
    let codes = config.codeSize + 2
    conditions = ConditionTables(
      lyrics: try make(base + "description.output_proj.weight", lyricsRows, width),
      structure: try make(base + "description.structure_emb.weight", structureRows, width),
      style: try make(base + "type_info.output_proj.weight", styleRows, width),
      endOfText: try make(base + "prompt_audio.EOT_emb", 1, width),
      endOfText2: try make(base + "prompt_audio.layer2_EOT_emb", 1, width),
      prompt: try (0..<3).map { try make(base + "prompt_audio.emb.\($0).weight", codes, width) })
    embeddings = try ["emb.0.weight", "layer2_emb.1.weight", "layer2_emb.2.weight"].map {
      try make($0, codes, width)
    }
    let positions = config.prefixLength + config.maxFrames + 1 + (config.delays.max() ?? 0)
    main = try Stack("transformer", config.main, positions: positions, make: make)
    sub = try Stack("transformer2", config.sub, positions: positions, make: make)
    bridge = Bridge(
      input: try make("mlp.0.weight", width, 2 * width), inputBias: try make("mlp.0.bias", width),
      output: try make("mlp.2.weight", width, width), outputBias: try make("mlp.2.bias", width))
    heads = try ["transformer.lm_head.weight", "linears.0.weight", "linears.1.weight"].map {
      try make($0, config.codeSize + 1, width)
    }
    parameters = store
  }

  /// Whether every id of `text`, and every number of a section, has a row in the tables.
  public func reads(_ text: SongText) -> Bool {
    conditions.lyrics.rows >= text.rows.lyrics && conditions.style.rows >= text.rows.style
      && conditions.structure.rows > text.rows.sections
  }

  /// A copy, whose parameters can be changed without changing these.
  public func copy() throws -> TrainableModel {
    try TrainableModel(
      config, lyricsRows: conditions.lyrics.rows, structureRows: conditions.structure.rows,
      styleRows: conditions.style.rows
    ) { name, _ in
      guard let value = parameters[name]?.value else {
        throw TrainingFailure(.software, "internal error: no parameter '\(name)'")
      }
      return withExtendedLifetime(value) { FloatBuffer(value.elements) }
    }
  }
}

extension TrainableModel {
  /// The model in a file with the official tensor names, as f32.
  public convenience init(_ file: TensorFile, config: LeLMConfig) throws {
    let numbers = CheckpointNumbers(file)
    let base = "condition_provider.conditioners."
    func rows(_ name: String) throws -> Int {
      guard let rows = numbers.rows(base + name), rows > 0 else {
        throw TrainingFailure(
          .data, "\(printable(file.file.name)): lacks tensor '\(base + name)', or it is no table")
      }
      return rows
    }
    try self.init(
      config, lyricsRows: rows("description.output_proj.weight"),
      structureRows: rows("description.structure_emb.weight"),
      styleRows: rows("type_info.output_proj.weight")
    ) { name, shape in try numbers.floats(name, shape: shape) }
  }

  /// A model that knows nothing: normal numbers, 0.03 wide in matrices and 0.05 in tables, as the
  /// prototype of the toy was begun with; norms are 1 and biases 0.
  public convenience init(
    _ config: LeLMConfig, lyricsRows: Int, structureRows: Int, styleRows: Int, seed: UInt64
  ) throws {
    var stream: UInt64 = 0
    try self.init(
      config, lyricsRows: lyricsRows, structureRows: structureRows, styleRows: styleRows
    ) { name, shape in
      stream += 1
      let buffer = FloatBuffer(count: shape.reduce(1, *))
      if shape.count == 1 {
        if name.hasSuffix("norm.weight") { buffer.base.update(repeating: 1, count: buffer.count) }
        return buffer
      }
      let isTable = name.contains("emb") || name.contains("output_proj")
      Philox(seed: seed, stream: stream).fillNormals(buffer.elements, at: 0)
      let scale: Float = isTable ? 0.05 : 0.03
      for i in 0..<buffer.count { buffer[i] *= scale }
      return buffer
    }
  }

  /// Whether a parameter belongs to stage 1: T1 and the conditioners (paper, section 3.4). The others
  /// are T2, its bridge, its heads and its part of the prompt.
  public static func isMain(_ parameter: Parameter) -> Bool {
    let name = parameter.name
    let dual = ["transformer2.", "layer2_emb.", "mlp.", "linears."]
    let prompt = ["layer2_EOT_emb", "prompt_audio.emb.1.", "prompt_audio.emb.2."]
    return !dual.contains(where: name.hasPrefix) && !prompt.contains(where: name.contains)
  }
}
