import FoundationEssentials
import LeLM
import Neural
import TestSupport
import Testing
import TextTokens
import Weights

/// A golden model with packed matrices.
struct PackedModelTests {
  private let model: LanguageModel
  private let conditions: ConditionIDs
  private let pool = ThreadPool(threads: 2)

  init() throws {
    let directory = try ModelDirectory(path: Fixtures.url("lelm/base").path)
    let config = try LeLMConfig(directory.config)
    let plain = try LanguageModel(directory.tensors(.lm), config: config)
    let text = try TextConditions(directory, config: config, styleRows: plain.styleRows)
    conditions = text.ids(
      LMText(
        lyrics: "[verse] one line. ; [outro-short]", description: "calm",
        accompanimentOnly: false, version: .v1), prompt: nil)
    model = plain
  }

  private func events(
    _ model: LanguageModel, frames: Int = 20, arithmetic: Arithmetic? = nil,
    store: PrefixStore? = nil, threads: Int = 2
  ) throws -> [SongGenerator.Event] {
    let generator = SongGenerator(
      model: model, conditions: conditions, frames: frames, options: SamplingOptions(),
      banned: [], uniforms: .seed(5), arithmetic: arithmetic, store: store,
      pool: ThreadPool(threads: threads))
    var events: [SongGenerator.Event] = []
    _ = try generator.run { events.append($0) }
    return events
  }

  @Test func plainModelsAreComputedInF32AndPackedOnesAreNot() {
    #expect(!model.isPacked && model.ownArithmetic == .exact)
    let packed = model.packing(.q8, pool: pool)
    #expect(packed.isPacked && packed.ownArithmetic == .fast)
  }

  @Test(arguments: PackedFormat.allCases)
  func batchesAndStepsHaveTheSameBits(format: PackedFormat) throws {
    let packed = model.packing(format, pool: pool)
    let prefix = try packed.prefixes(conditions).mixed
    let columns: [Int32] = [257, 3, 9, 27, 81, 243, 1, 2, 300, 4].map { $0 % 257 }
    let batched = TrackDecoder(packed, columns: 12, pool: pool)
    let whole = batched.advanceMixed(prefix: prefix, columns: columns)
    let stepped = TrackDecoder(packed, columns: 12, pool: ThreadPool(threads: 1))
    var step = stepped.advanceMixed(prefix: prefix, columns: [columns[0]])
    for column in columns.dropFirst() {
      step = stepped.advanceMixed(prefix: nil, columns: [column])
    }
    let width = packed.config.main.width
    let count = whole.count / 2
    for row in 0..<2 {
      for i in 0..<width {
        let last = whole[row * count + count - width + i]
        #expect(last.bitPattern == step[row * width + i].bitPattern)
      }
    }
  }

  @Test func threadsAndKeptPrefixesChangeNoToken() throws {
    for packed in [model.packing(.q8, pool: pool), model.packing(.q4, pool: pool), model] {
      let store = PrefixStore()
      let first = try events(packed, store: store, threads: 1)
      #expect(try events(packed, store: store, threads: 3) == first)
      #expect(try events(packed) == first)
    }
  }

  @Test func packedWeightsCanBeUsedInF32() throws {
    let packed = model.packing(.q8, pool: pool)
    let prefix = try packed.prefixes(conditions).mixed
    let outputs = [Arithmetic.exact, .fast].map { arithmetic in
      TrackDecoder(packed, columns: 2, arithmetic: arithmetic, pool: pool)
        .advanceMixed(prefix: prefix, columns: [5])
    }
    var (error, power) = (0.0, 0.0)
    for (a, b) in zip(outputs[0], outputs[1]) {
      error += Double((a - b) * (a - b))
      power += Double(b * b)
    }
    #expect(error > 0 && (error / power).squareRoot() < 0.03)
  }

  @Test func theHeadsKeepEightBits() {
    #expect(PackingPlan.format(of: "audiolm.linears.1.weight", asked: .q4) == .q8)
    #expect(
      PackingPlan.format(of: "audiolm.transformer.model.layers.3.mlp.up_proj.weight", asked: .q4)
        == .q4)
    for name in [
      "audiolm.emb.0.weight", "audiolm.transformer.model.layers.0.input_layernorm.weight",
      "audiolm.transformer.model.norm.weight", "audiolm.transformer2.lm_head.weight",
      "audiolm.mlp.0.bias",
    ] {
      #expect(PackingPlan.format(of: name, asked: .q8) == nil)
    }
  }
}
