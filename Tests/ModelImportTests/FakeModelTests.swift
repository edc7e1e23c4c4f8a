import FoundationEssentials
import LeLM
import ModelImport
import MusicCodec
import Neural
import TestSupport
import Testing
import TextTokens
import Weights

/// One model of random weights in every form that files can have: the same tokens, the same sound.
@Suite struct FakeModelTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// A folder of the test as a target.
  private final class Folder: ImportTarget {
    let url: URL

    init(_ url: URL) { self.url = url }

    func write(_ path: String, _ body: (inout any ByteSink) throws -> Void) throws {
      var sink: any ByteSink = ByteArray()
      try body(&sink)
      let file = url.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data((sink as? ByteArray)?.bytes ?? []).write(to: file)
    }

    func write(_ files: [OutgoingFile]) throws {
      for file in files { try write(file.path) { try file.write(to: &$0) } }
    }
  }

  private func path(_ name: String) -> String { scratch.path(name) }
  private func folder(_ name: String) -> Folder { Folder(scratch.url.appending(path: name)) }

  private func fake(_ format: FakeModel.Format, seed: UInt64 = 1) throws {
    try folder(format.rawValue).write(FakeModel(.tiny, seed: seed, format: format).files())
  }

  private func convert(
    _ from: String, to: String, _ precisions: [ModelRole: StoredPrecision] = [:]
  ) throws -> [RoundingError] {
    var options = ImportOptions()
    options.precisions = precisions
    var errors: [RoundingError] = []
    try ModelImporter.plan(SourceFiles([path(from)]), options)
      .write(to: folder(to), tool: "test", rounding: { errors.append($0) })
    return errors
  }

  private func gguf(
    _ from: String, to: String, _ precisions: [ModelRole: GGUFExport.Precision]
  ) throws -> GGUFModel {
    let model = try GGUFModel(ModelDirectory(path: path(from)), precisions)
    try folder(to).write(model.files())
    return model
  }

  /// Two seconds of tokens.
  private func tokens(_ name: String) throws -> [SongGenerator.Event] {
    let directory = try ModelDirectory(path: path(name))
    let config = try LeLMConfig(directory.config)
    let model = try LanguageModel(directory.tensors(.lm), config: config)
    let text = try TextConditions(directory, config: config, styleRows: model.styleRows)
    let conditions = text.ids(
      LMText(
        lyrics: "[verse] one line. ; [outro-short]", description: "calm",
        accompanimentOnly: false, version: text.version), prompt: nil)
    let generator = SongGenerator(
      model: model, conditions: conditions, frames: 40, options: SamplingOptions(), banned: [],
      uniforms: .seed(11), given: [[], [], []], pool: ThreadPool(threads: 1))
    var events: [SongGenerator.Event] = []
    _ = try generator.run { events.append($0) }
    return events
  }

  /// A joint decode of four codes, and the conditions of some decoded as if they were latents.
  private func sound(_ name: String) throws -> [Float] {
    let codec = try Codec(ModelDirectory(path: path(name)))
    let pool = ThreadPool(threads: 1)
    let conditions = try codec.flow.conditions([[3, 200, 7], [9, 8, 100]])
    let latents = withExtendedLifetime(conditions) {
      conditions.flatMap { Array($0.elements) }.prefix(4 * codec.flow.shape.latent)
    }
    var options = SongDecoder.Options()
    options.window = 8
    options.settings.steps = 2
    options.stems = [.mixed]
    let decoder = try SongDecoder(codec, options: options, pool: pool)
    var samples: [Float] = []
    for row in [SongDecoder.Row.vocal, .accompaniment] {
      try decoder.append([5, 6, 7, 8], to: row)
    }
    while let parts = try decoder.next(ended: true) { samples += parts.flatMap { $0 } }
    return samples + codec.decoder.decode(Array(latents), pool: pool)
  }

  @Test func allFormsMakeTheSameSong() throws {
    for format in [FakeModel.Format.torch, .safetensors] { try fake(format) }
    _ = try gguf("safetensors", to: "gguf32", [.lm: .f32, .codec: .f32, .vae: .f32])
    #expect(try convert("torch", to: "ours").isEmpty)
    #expect(try convert("gguf32", to: "back").isEmpty)
    let (song, wave) = (try tokens("safetensors"), try sound("safetensors"))
    #expect(Set(song.map { "\($0)" }).count > 20, "tokens vary")
    #expect(wave.allSatisfy { $0.isFinite } && wave.contains { $0.magnitude > 1e-3 })
    for name in ["torch", "ours", "gguf32", "back"] {
      #expect(try tokens(name) == song, "\(name)")
      #expect(try sound(name) == wave, "\(name)")
    }
    try fake(.torch, seed: 2)
    #expect(try tokens("torch") != song)
  }

  @Test func blocksOfGGUFBecomePackedWithoutLoss() throws {
    try fake(.safetensors)
    let export = try gguf("safetensors", to: "small", [.lm: .q8, .codec: .q8, .vae: .f16])
    #expect(export.left.contains { $0.contains("audiolm.layer2_emb.0.weight") })
    #expect(export.left.contains("the separation network"))
    let errors = try convert("small", to: "packed", [.lm: .q8])
    let packed = errors.filter { $0.form == "q8" }
    #expect(packed.count == 33 && packed.allSatisfy { $0.relative == 0 && $0.largest == 0 })
    let file = try ModelDirectory(path: path("packed")).tensors(.lm)
    #expect(file.view("audiolm.transformer.lm_head.weight.q8") != nil)
    #expect(try tokens("packed").count > 0)
    // Projections of the flow network have rows padded to whole blocks, and lose them again.
    let name = "cfm_wrapper.estimator.h.0.attn.c_attn.weight"
    let (flow, original) = (
      try ModelDirectory(path: path("small")).tensors(.codec),
      try ModelDirectory(path: path("safetensors")).tensors(.codec)
    )
    #expect(flow.shape(of: name) == original.shape(of: name))
    let (found, wanted) = (try flow.array(name), try original.array(name))
    let largest = wanted.map(\.magnitude).max() ?? 0
    #expect(zip(found, wanted).allSatisfy { ($0 - $1).magnitude <= largest / 127 })
    #expect(try sound("small").allSatisfy { $0.isFinite })
  }

  @Test func roundingIsToldOfEachTensor() throws {
    try fake(.safetensors)
    let errors = try convert(
      "safetensors", to: "q4", [.lm: .q4, .codec: .bf16, .vae: .bf16])
    for (form, range) in [
      ("q4", 0.03...0.09), ("q8", 0.002...0.006), ("BF16", 0.0005...0.003),
    ] {
      let group = errors.filter { $0.form == form }
      #expect(!group.isEmpty && group.allSatisfy { range.contains($0.relative) }, "\(form)")
    }
    // Vectors, tables of a few rows and heads keep their digits.
    let names = Set(errors.filter { $0.form == "q4" }.map(\.name))
    #expect(!names.contains { $0.contains("norm") || $0.contains("emb") || $0.contains("linears") })
    #expect(names.contains("audiolm.mlp.0.weight"))
    #expect(try tokens("q4").count > 0)
    #expect(try sound("q4").allSatisfy { $0.isFinite })
  }

  @Test func packedFlowDecodes() throws {
    try fake(.safetensors)
    let errors = try convert("safetensors", to: "packed", [.codec: .q8, .vae: .bf16])
    let flow = errors.filter { $0.form == "q8" }
    let layers = try Codec(ModelDirectory(path: path("safetensors"))).flow.shape.layers
    #expect(flow.count == 4 * layers && flow.allSatisfy { $0.relative < 0.006 })
    let file = try ModelDirectory(path: path("packed")).tensors(.codec)
    #expect(file.view("cfm_wrapper.estimator.h.0.mlp.c_fc.weight.q8") != nil)
    let (found, wanted) = (try sound("packed"), try sound("safetensors"))
    let error = zip(found, wanted).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let power = wanted.reduce(Float(0)) { $0 + $1 * $1 }
    #expect(found != wanted && found.count == wanted.count && error < 0.05 * power)
    // It is read again as what it is.
    #expect(try convert("packed", to: "again").isEmpty)
    #expect(try sound("again") == found)
  }

  /// A file may hold anything under the names of matrices; what is not known may be kept.
  @Test func vectorsWithNamesOfMatricesAreNotPacked() throws {
    try fake(.safetensors)
    let odd = "audiolm.transformer.model.layers.0.odd_proj.weight"
    let file = try ModelDirectory(path: path("safetensors")).tensors(.lm)
    var specs = file.specs
    specs.append(TensorSpec(name: odd, type: .f32, shape: [40]))
    let layout = try SafetensorsLayout(specs, metadata: [:])
    var sink = ByteArray()
    try sink.write(layout.header)
    for spec in layout.tensors {
      if let view = file.view(spec.name) {
        sink.write(view.bytes)
      } else {
        try sink.write([UInt8](repeating: 0, count: spec.byteCount ?? 0))
      }
    }
    try Data(sink.bytes).write(to: scratch.url.appending(path: "safetensors/lm.safetensors"))
    for precision in [StoredPrecision.q8, .q4] {
      var options = ImportOptions()
      options.precisions = [.lm: precision]
      options.keepsUnused = true
      options.only = [.lm]
      let name = "odd-\(precision)"
      try ModelImporter.plan(SourceFiles([path("safetensors")]), options)
        .write(to: folder(name), tool: "test")
      let written = try ModelDirectory(path: path(name)).tensors(.lm)
      #expect(written.shape(of: odd) == [40])
    }
  }

  /// Every published family has the counts that its files have.
  @Test func familiesHaveTheOfficialSizes() throws {
    for (family, parameters) in [
      (FakeFamily.base, 2_829_577_728), (.large, 5_122_320_384), (.v2Medium, 2_829_586_944),
      (.v2Large, 5_122_332_672),
    ] {
      let files = try FakeModel(family, seed: 1, format: .safetensors, parts: [.lm]).files()
      let size = try #require(files.first { $0.path == "lm.safetensors" }).size
      #expect(size == 2 * parameters, "\(family)")
    }
    // The published files of LeVo2.cpp have these sizes, but for the header: parameters of v2-medium.
    let files = try FakeModel(.v2Medium, seed: 1, format: .gguf, parts: [.lm, .codec, .vae]).files()
    for (path, bytes) in [
      ("lm.gguf", 2 * 2_728_912_896), ("flow.gguf", 4 * 663_310_785), ("vae.gguf", 4 * 84_395_776),
    ] {
      let size = try #require(files.first { $0.path == path }).size
      #expect(size >= bytes && size < bytes + (12 << 20), "\(path): \(size)")
    }
  }

  /// Numbers depend on seed, tensor and place only.
  @Test func numbersCanBeHadFromAnywhere() throws {
    let shapes = Inventory.languageModel(.official(large: false), lyricsRows: 20, styleRows: 20)
    let numbers = FakeNumbers(shapes, seed: 5, type: .f32)
    let name = "audiolm.transformer.model.layers.3.mlp.down_proj.weight"
    func some(_ count: Int, at offset: Int) throws -> [Float] {
      var result = [Float](repeating: 0, count: count)
      try result.withUnsafeMutableBufferPointer { try numbers.fill($0, of: name, at: offset) }
      return result
    }
    let whole = try some(1000, at: 64)
    #expect(try some(300, at: 64 + 200) == Array(whole[200..<500]))
    let mean = whole.reduce(0, +) / 1000
    let spread = (whole.reduce(0) { $0 + $1 * $1 } / 1000).squareRoot()
    #expect(mean.magnitude < 0.001 && (spread * Float(8960).squareRoot() - 1).magnitude < 0.1)
  }
}
