import Diagnostics
import MusicCodec
import Neural
import Weights

extension EncoderCase {
  /// Waves at 48 kHz to codes, by the recipes of the set's `manifest.json` (`e2e`).
  func songs() throws {
    let encoder = try PromptEncoder(mixed: models.mixed, separate: models.separate)
    let mixed = try wave("mixed.wave")
    let repeats: [Float] = [1, 0.5, 0.25, 0.75]
    let cases: [(String, () -> [Float])] = [
      ("e1", { mixed }), ("e2_loud", { mixed.map { $0 * 1.75 } }),
      ("e3_2d", { Array(mixed.prefix(2 * 48000)) }),
      ("e5_long", { (0..<19).flatMap { index in mixed.map { $0 * repeats[index % 4] } } }),
    ]
    for (part, wave) in cases where tensors.view("\(part).codes") != nil {
      try song(
        encoder, .mixed, part, "codes", "margin", "hidden6", Recording(wave(), channels: 2))
    }
    if tensors.view("e4_mono.codes") != nil {
      var options = PromptEncoder.Options()
      options.referenceQuirks = true
      let mono = stride(from: 0, to: mixed.count, by: 2).map { mixed[$0] }
      try song(
        encoder, .mixed, "e4_mono", "codes", "margin", "hidden6", Recording(mono, channels: 1),
        options: options)
    }
    try separateSongs(encoder, mixed: mixed)
  }

  private func separateSongs(_ encoder: PromptEncoder, mixed: [Float]) throws {
    guard tensors.view("vocal.wave") != nil, try models.separate != nil else { return }
    let vocal = try wave("vocal.wave")
    let rest = zip(mixed, vocal).map { $0 - $1 }
    for (part, gains, cut) in [("s1", [Float(1), 1], 0), ("s2_loud_uneven", [2.5, 1.5], 777)]
    where tensors.view("\(part).codes_vocal") != nil {
      let song = Recording(vocal.map { $0 * gains[0] }, channels: 2)
      let band = Recording(rest.map { $0 * gains[1] }.dropLast(2 * cut), channels: 2)
      let length = min(song.frames, band.frames)
      try self.song(
        encoder, .vocal, part, "codes_vocal", "margin_vocal", "hidden7_vocal", song,
        length: length)
      try self.song(
        encoder, .accompaniment, part, "codes_bgm", "margin_bgm", "hidden3_bgm", band,
        length: length)
    }
  }

  private func song(
    _ encoder: PromptEncoder, _ row: CodeRow, _ part: String, _ codes: String, _ margin: String,
    _ hidden: String, _ recording: Recording, length: Int? = nil,
    options: PromptEncoder.Options = PromptEncoder.Options()
  ) throws {
    let shape = try tensors.require("\(part).\(hidden)").shape
    let (width, count) = (shape[0], shape[1])
    let layer = Int(hidden.drop { !$0.isNumber }.prefix { $0.isNumber })
    var state: [Float] = []
    let ours = try encoder.trace(
      row, recording, length: length, options: options, pool: pool
    ) { chunk, index, values in
      guard chunk == 0, index == layer else { return }
      for frame in 0..<count {
        state += UnsafeBufferPointer(start: values + frame * 10 * width, count: width)
      }
    }
    compare(
      "\(part).\(codes)", codes: ours, try tensors.integers("\(part).\(codes)"),
      margin: try tensors.array("\(part).\(margin)"))
    compare(
      "\(part).\(hidden)", state,
      transpose(try tensors.array("\(part).\(hidden)"), rows: width, columns: count), 1e-4)
  }

  /// A stereo wave [2, n], interleaved; of 16-bit samples or of floats.
  private func wave(_ name: String) throws -> [Float] {
    let view = try tensors.require(name)
    let values =
      view.type == .i16
      ? try tensors.integers(name).map { Float($0) / 32768 } : try tensors.array(name)
    return transpose(values, rows: 2, columns: view.shape[1])
  }

  /// What lies between, for the first chunk of `e1`: heads and tails (`e2e_stages`).
  func stages() throws {
    let waves = try files.tensors("e2e.safetensors")
    let count = try waves.require("mixed.wave").shape[1]
    let wave = transpose(try waves.array("mixed.wave"), rows: 2, columns: count)
    let encoder = try PromptEncoder(mixed: models.mixed, separate: nil)
    var states: [Int: [Float]] = [:]
    let width = try tensors.require("sub.first32").shape[2]
    _ = try encoder.trace(.mixed, Recording(wave, channels: 2), pool: pool) { chunk, index, state in
      guard chunk == 0 else { return }
      states[index] = Array(UnsafeBufferPointer(start: state, count: 1000 * width))
    }
    compare("sub.first32", (states[0] ?? []).prefix(32 * width), try items("sub.first32")[0], 2e-5)
    compare("sub.last8", (states[0] ?? []).suffix(8 * width), try items("sub.last8")[0], 2e-5)
    for layer in [1, 3, 6] {
      let name = "hidden\(layer).first32"
      compare(name, (states[layer] ?? []).prefix(32 * width), try items(name)[0], 2e-5)
    }
  }

  /// The encoder of the official widths, with weights made by formula (`full_encoder`).
  func officialSizes() throws {
    struct Seeds: Decodable {
      // The file's key.
      // swift-format-ignore: AlwaysUseLowerCamelCase
      let encoder_seed: UInt64
    }
    let seed = try files.decode(Seeds.self, from: "manifest_full.json").encoder_seed
    let source = FormulaEncoder(
      seed: seed,
      overrides: Dictionary(
        uniqueKeysWithValues: ["mixed", "vocal", "bgm"].flatMap { row in
          ["weight_g", "bias"].map {
            ("\(row).in_proj.\($0)", "\(row).override.in_proj.\($0)")
          }
        }), file: tensors)
    let encoder = try FeatureEncoder(source, layers: 7)
    let signal = try items("wave24k")[0]
    let hidden = encoder.front(signal, pool: pool)
    var states = [0: Array(hidden)]
    encoder.run(hidden, layers: 7, pool: pool) { layer, state in
      states[layer] = Array(UnsafeBufferPointer(start: state, count: hidden.count))
    }
    for layer in [0, 3, 6, 7] {
      compare("hidden\(layer)", states[layer] ?? [], try items("hidden\(layer)")[0], 5e-5)
    }
    for (row, key, layer) in [
      ("mixed", "rvq_bestrq_emb", 6), ("vocal", "rvq_bestrq_emb", 7),
      ("bgm", "rvq_bestrq_bgm_emb", 3),
    ] {
      let name = "\(key).quantizers.0"
      let own = source.named(row)
      let search = try CodeSearch(own, name, VectorQuantiser(own, name))
      compare(
        "\(row).codes", codes: search.codes(states[layer] ?? [], pool: pool),
        try tensors.integers("\(row).codes"), margin: try tensors.array("\(row).margin"))
      // As far as the features may differ, the projection may in proportion.
      let latents = try rows("\(row).latents")[0]
      let scale = latents.reduce(1) { max($0, abs($1)) }
      compare(
        "\(row).latents, relative", search.project(states[layer] ?? []).map { $0 / scale },
        latents.map { $0 / scale }, 5e-5)
    }
  }
}
