import CodecFitting
import MusicCodec
import Neural
import Testing
import Weights

/// Models that are not what `FrameCodec` can stand for are refused; damaged ones stop nothing.
struct FrameCodecTests {
  private struct Parts {
    var config: VAEConfig
    var vae: NamedTensors
    var codec: NamedTensors
    var mixed: NamedTensors

    func read() throws -> FrameCodec {
      try FrameCodec(config, vae: vae, codec: codec, mixed: mixed, vocalGain: 6)
    }
  }

  private func parts() throws -> Parts {
    let files = CodecFiles(try PlantedSongs.codec())
    func part(_ latent: Int) -> VAEConfig.Part {
      VAEConfig.Part(channels: 1, multipliers: [16], strides: [1920], latent: latent)
    }
    return Parts(
      config: VAEConfig(
        sampleRate: 48000, audioChannels: 2, decoder: part(16), encoder: part(32)),
      vae: files.autoencoderTensors(), codec: try files.flowTensors(), mixed: files.mixedTensors())
  }

  @Test func whatIsWrittenIsRead() throws {
    let parts = try parts()
    let codec = try parts.read()
    #expect(codec.analysis.latent == 16 && codec.vocal.size == 64)
    // The tensors are f32 here: the way to 48 kHz and back loses nothing but roundings.
    let fitted = try PlantedSongs.codec().frames
    let (a, b) = (Array(codec.analysis.kernel), Array(fitted.analysis.kernel))
    #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-5 })
    let pair = PlantedSongs.pair(77)
    #expect(
      codec.rows(vocal: pair.vocal, accompaniment: pair.accompaniment)
        == fitted.rows(vocal: pair.vocal, accompaniment: pair.accompaniment))
  }

  @Test(
    arguments: [
      "encoder.layers.0.weight_v", "encoder.layers.0.bias", "encoder.layers.3.weight_v",
      "encoder.layers.3.bias", "encoder.layers.1.layers.4.bias",
      "encoder.layers.1.layers.1.layers.3.bias", "encoder.layers.1.layers.1.layers.3.weight_g",
    ])
  func anEncoderThatDoesMoreIsRefused(name: String) throws {
    var parts = try parts()
    let shape = try #require(parts.vae.shape(of: name))
    var values = try #require(parts.vae.values(name))
    values[0] += 0.5
    parts.vae.set(name, shape, values)
    #expect(throws: WeightsFailure.self) { try parts.read() }
    parts.vae.set(
      name, shape.map { $0 + 1 }, Array(repeating: 0, count: shape.map { $0 + 1 }.reduce(1, *)))
    #expect(throws: WeightsFailure.self) { try parts.read() }
  }

  @Test func otherShapesAreRefused() throws {
    var parts = try parts()
    let whole = parts
    parts.config.sampleRate = 44100
    #expect(throws: WeightsFailure.self) { try parts.read() }
    parts = whole
    parts.config.encoder.strides = [960]
    #expect(throws: WeightsFailure.self) { try parts.read() }
    parts = whole
    let key = "rvq_bestrq_emb.quantizers.0.codebook.weight"
    parts.mixed.set(key, [64, 15], [Float](repeating: 1, count: 64 * 15))
    #expect(throws: WeightsFailure.self) { try parts.read() }
    parts.mixed.set(key, [0, 16], [])
    #expect(throws: WeightsFailure.self) { try parts.read() }
  }

  /// Numbers that are none, and huge ones, give codes all the same.
  @Test func wildNumbersGiveCodes() throws {
    var parts = try parts()
    let key = "rvq_bestrq_emb.quantizers.0.codebook.weight"
    let wild = (0..<64 * 16).map { index -> Float in
      [.nan, .infinity, -.infinity, 3e38, -3e38, 0][index % 6]
    }
    parts.mixed.set(key, [64, 16], wild)
    let rows = try parts.read().rows(
      vocal: [Float](repeating: .nan, count: 5000),
      accompaniment: [Float](repeating: 1e30, count: 4000))
    #expect(rows.mixed.count == 4 && rows.mixed.allSatisfy { $0 < 64 })
    let none = try parts.read().rows(vocal: [], accompaniment: [1])
    #expect(none.vocal.isEmpty && none.mixed.isEmpty)
  }
}
