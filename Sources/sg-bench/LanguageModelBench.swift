import LeLM
import Neural
import Weights

/// Official dimensions of the language model.
enum LanguageModelSize: String, CaseIterable {
  case base
  case large

  /// The configuration, with the longest published prefix, of 952 positions.
  var config: LeLMConfig {
    var config = LeLMConfig.official(large: self == .large)
    config.lyricsLength = 600
    config.styleLength = 100
    config.maxDuration = 270
    return config
  }
}

/// Random weights of a LeLM model, without the text tables' bulk: a request reads some hundred rows.
func randomLanguageModel(
  _ config: LeLMConfig, packed: PackedFormat?, bell: Bool = false
) throws -> LanguageModel {
  let (d, f, c) = (config.main.width, config.main.feedForward, config.codeSize)
  var tensors = RandomTensors()
  func matrix(_ name: String, _ rows: Int, _ columns: Int) {
    tensors.add(
      name, packed.flatMap { PackingPlan.format(of: name, asked: $0) }, rows, columns)
  }
  let conditioner = "condition_provider.conditioners."
  tensors.add(conditioner + "description.output_proj.weight", 16, d)
  tensors.add(conditioner + "description.structure_emb.weight", 200, d)
  tensors.add(conditioner + "type_info.output_proj.weight", 16, d)
  tensors.add(conditioner + "prompt_audio.EOT_emb", 1, d)
  tensors.add(conditioner + "prompt_audio.layer2_EOT_emb", 1, d)
  for row in 0..<3 { tensors.add(conditioner + "prompt_audio.emb.\(row).weight", c + 2, d) }
  for name in ["emb.0", "layer2_emb.1", "layer2_emb.2"] { tensors.add(name + ".weight", c + 2, d) }
  for (name, shape) in [("transformer", config.main), ("transformer2", config.sub)] {
    for layer in 0..<shape.layers {
      let base = "\(name).model.layers.\(layer)."
      for part in ["q", "k", "v", "o"] { matrix(base + "self_attn.\(part)_proj.weight", d, d) }
      for part in ["gate", "up"] { matrix(base + "mlp.\(part)_proj.weight", f, d) }
      matrix(base + "mlp.down_proj.weight", d, f)
      tensors.addOnes(base + "input_layernorm.weight", d)
      tensors.addOnes(base + "post_attention_layernorm.weight", d)
    }
    tensors.addOnes("\(name).model.norm.weight", d)
  }
  matrix("mlp.0.weight", d, 2 * d)
  tensors.add("mlp.0.bias", d)
  matrix("mlp.2.weight", d, d)
  tensors.add("mlp.2.bias", d)
  for name in ["transformer.lm_head", "linears.0", "linears.1"] {
    matrix(name + ".weight", c + 1, d)
  }
  return try LanguageModel(tensors.file(named: "random LM", bell: bell), config: config)
}

/// A request of ids that any model has: 14 rows are in every table, 13 labels and none the shortest.
func anyConditions(_ config: LeLMConfig) -> ConditionIDs {
  let row = { (length: Int, shift: Int) in (0..<length).map { Int32(($0 * 7 + shift) % 14) } }
  return ConditionIDs(
    lyrics: [row(config.lyricsLength, 1), row(config.lyricsLength, 3)],
    structure: [row(config.lyricsLength, 0), row(config.lyricsLength, 0)],
    style: [row(config.styleLength, 2), row(config.styleLength, 5)],
    prompt: [1, 2].map { shift in (0..<3).map { row(config.promptFrames + 1, shift + $0) } })
}

/// Times the steps and the prefix of a model.
struct LanguageModelBench {
  let model: LanguageModel
  let pool: ThreadPool
  /// Bytes of weights that a step reads.
  let weightBytes: Double
  private let reader: ReadRate

  init(_ size: LanguageModelSize, packed: PackedFormat?, reader: ReadRate, pool: ThreadPool) throws
  {
    let config = size.config
    model = try randomLanguageModel(config, packed: packed)
    self.pool = pool
    self.reader = reader
    weightBytes = Double(model.bytesPerStep)
  }

  /// Seconds per step (both transformers, all heads, both guidance rows) after `past` positions, and
  /// each step's share of the rate at which memory was read right before it.
  func steps(past: Int, runs: Int) -> (step: Timing, read: Timing, share: Timing) {
    let decoder = TrackDecoder(model, columns: past + runs + 2, pool: pool)
    decoder.assumePast(past)
    var (reads, shares): ([Double], [Double]) = ([], [])
    let bytes = weightBytes + Double(past * model.cacheBytesPerPosition)
    var rate = 0.0
    let timing = Timing(
      runs: runs, before: { rate = reader.measure(pool: pool) },
      after: { seconds in
        reads.append(rate)
        shares.append(bytes / seconds / rate)
      }
    ) {
      let mixed = decoder.advanceMixed(prefix: nil, columns: [5])
      let dual = decoder.advanceDual(prefix: nil, columns: [[6], [7]], mixed: mixed)
      _ = decoder.logits(codebook: 0, of: mixed, position: 0)
      for codebook in 1...2 { _ = decoder.logits(codebook: codebook, of: dual, position: 0) }
    }
    return (timing, Timing(values: reads), Timing(values: shares))
  }

  /// Seconds for both transformers' prefixes, without and with the null row known.
  func prefix(runs: Int) throws -> (first: Timing, later: Timing) {
    let ids = anyConditions(model.config)
    let prefixes = try model.prefixes(ids)
    func read(_ store: PrefixStore?) {
      let decoder = TrackDecoder(model, columns: 1, pool: pool)
      let mixed = decoder.readMixedPrefix(prefixes.mixed, ids: ids, store: store)
      decoder.readDualPrefix(prefixes.dual, mixed: mixed, store: store)
    }
    let first = Timing(runs: runs, warm: false) { read(nil) }
    let store = PrefixStore()
    read(store)
    return (first, Timing(runs: runs, warm: false) { read(store) })
  }
}
