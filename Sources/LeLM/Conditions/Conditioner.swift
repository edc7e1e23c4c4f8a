import Neural

/// Turns ids into the vectors that both transformers read first.
///
/// Prefix = lyrics, then prompt, then style (the fuser's `prepend` order). The lyrics and style parts
/// are the same in both transformers, the prompt part differs. No mask is ever applied: padding is
/// attended to like anything else.
struct Conditioner: Sendable {
  let config: LeLMConfig
  let lyrics: WeightMatrix  // description.output_proj.weight [rows, D]
  let structure: WeightMatrix  // description.structure_emb.weight [200, D]
  let style: WeightMatrix  // type_info.output_proj.weight [rows, D]
  let endOfText: FloatBuffer  // prompt_audio.EOT_emb [1, D]
  let endOfText2: FloatBuffer  // prompt_audio.layer2_EOT_emb [1, D]
  let prompt: [WeightMatrix]  // prompt_audio.emb.{0,1,2}.weight [C + 2, D]

  init(_ checkpoint: Checkpoint, config: LeLMConfig) throws(LeLMError) {
    let base = "condition_provider.conditioners."
    let width = config.main.width
    self.config = config
    lyrics = try checkpoint.matrix(
      base + "description.output_proj.weight", rows: 1, columns: width, atLeast: true)
    structure = try checkpoint.matrix(
      base + "description.structure_emb.weight", rows: 14, columns: width, atLeast: true)
    style = try checkpoint.matrix(
      base + "type_info.output_proj.weight", rows: 1, columns: width, atLeast: true)
    endOfText = try checkpoint.row(base + "prompt_audio.EOT_emb", count: width)
    endOfText2 = try checkpoint.row(base + "prompt_audio.layer2_EOT_emb", count: width)
    var tables: [WeightMatrix] = []
    for row in 0..<3 {
      tables.append(
        try checkpoint.matrix(
          base + "prompt_audio.emb.\(row).weight", rows: config.codeSize + 2, columns: width))
    }
    prompt = tables
  }

  /// The prefix of one transformer.
  enum Stream {
    case mixed
    case dual
  }

  /// Prefix vectors [2, P, D] of one transformer.
  ///
  /// - Throws: ``LeLMError/request(_:)`` if an id has no row or a row has the wrong length.
  func prefix(_ ids: ConditionIDs, stream: Stream) throws(LeLMError) -> FloatBuffer {
    let width = config.main.width
    let result = FloatBuffer(count: 2 * config.prefixLength * width)
    let extra = FloatBuffer(count: width)
    for row in 0..<2 {
      try check(ids, row: row)
      var target = result.base + row * config.prefixLength * width
      func put(_ table: WeightMatrix, _ index: Int32) throws(LeLMError) {
        try copy(table, index, to: target)
        target += width
      }
      func add(_ table: WeightMatrix, _ index: Int32) throws(LeLMError) {
        try copy(table, index, to: extra.base)
        for i in 0..<width { (target - width)[i] += extra[i] }
      }
      for (id, section) in zip(ids.lyrics[row], ids.structure[row]) {
        try put(lyrics, id)
        try add(structure, section)
      }
      target.update(from: (stream == .mixed ? endOfText : endOfText2).base, count: width)
      target += width
      for column in 0...config.promptFrames {
        switch stream {
        case .mixed:
          try put(prompt[0], ids.prompt[row][0][column])
        case .dual:
          try put(prompt[1], ids.prompt[row][1][column])
          try add(prompt[2], ids.prompt[row][2][column])
        }
      }
      for id in ids.style[row] { try put(style, id) }
    }
    return result
  }

  private func check(_ ids: ConditionIDs, row: Int) throws(LeLMError) {
    guard ids.lyrics.count == 2, ids.structure.count == 2, ids.style.count == 2,
      ids.prompt.count == 2, ids.lyrics[row].count == config.lyricsLength,
      ids.structure[row].count == config.lyricsLength,
      ids.style[row].count == config.styleLength, ids.prompt[row].count == 3,
      ids.prompt[row].allSatisfy({ $0.count == config.promptFrames + 1 })
    else {
      throw .request("condition ids do not have the lengths that config.yaml asks for")
    }
  }

  private func copy(
    _ table: WeightMatrix, _ index: Int32, to target: UnsafeMutablePointer<Float>
  ) throws(LeLMError) {
    guard index >= 0, index < table.rows else {
      throw .request(
        "id \(index) has no row in a table of \(table.rows) rows; the tokenizer and the checkpoint "
          + "do not belong together")
    }
    table.copyRow(Int(index), to: target)
  }
}
