import MusicCodec
import Neural
import Weights

extension CodecCase {
  /// The official widths with weights made by formula (`l_official_dims`), sizes in the `.json` beside.
  func officialSizes(_ files: CaseFiles) throws {
    guard files.exists(name + ".json"), tensors.view("dit.short.v") != nil else { return }
    let sizes = try files.decode([String: OfficialCase].self, from: name + ".json")
    try officialFlow(sizes)
    try officialAutoencoder()
  }

  private func officialFlow(_ sizes: [String: OfficialCase]) throws {
    let layers = sizes["dit.short"]?.layers ?? 2
    let model = try FlowModel(ProceduralWeights.flow(layers: layers))
    for (part, tolerance) in [("dit.short", 5e-5), ("dit.full", 2e-4)] {
      guard let size = sizes[part], let t = size.t else { continue }
      let frames = size.T
      let work = FlowWorkspace(model.shape, branches: 1, frames: frames)
      let known = size.incontext_length ?? frames / 4
      model.input.fill(
        work.hidden.base, mask: (0..<frames).map { $0 < known ? 1 : 2 },
        context: Array(
          ProceduralWeights.values("proc.incontext", frames * 64, scale: 1.5)
            .prefix(known * 64)), conditions: try conditions(model, frames))
      let x = ProceduralWeights.values("proc.noise", frames * 64, scale: 1.75)
      let width = model.shape.width
      for frame in 0..<frames {
        for channel in 0..<64 {
          work.hidden[(frame + 1) * width - 64 + channel] = x[frame * 64 + channel]
        }
      }
      for index in 0..<frames * width {
        work.hidden[index] += model.estimator.positions.base[index]
      }
      let velocity = FloatBuffer(count: frames * 64)
      model.estimator.run(
        work, time: model.estimator.prepare(t, pool: pool), velocity: velocity.base, pool: pool)
      compare("\(part).v", numbers(velocity), try flat("\(part).v"), tolerance)
    }
    guard let size = sizes["dit.solve"] else { return }
    let known = size.incontext_length ?? 12
    let latents = ProceduralWeights.values("proc.true_latents", size.T * 64, scale: 2)
    let start = EulerSolver.Start(
      noise: ProceduralWeights.values("proc.noise", size.T * 64, scale: 1.75),
      context: model.statistics.normalised(Array(latents.prefix(known * 64))),
      conditions: try conditions(model, size.T), steps: size.steps ?? 10,
      guidance: size.guidance ?? 1.5)
    let ours = model.statistics.denormalised(solver(model).solve(start))
    compare("dit.solve.latents", ours, try rows("dit.solve.latents"), 5e-5)
  }

  private func conditions(_ model: FlowModel, _ frames: Int) throws -> [FloatBuffer] {
    try model.conditions(
      ["proc.codes_vocal", "proc.codes_bgm"].map { key in
        ProceduralWeights.uniforms(key, frames).map { UInt16(Double($0) * 16384) }
      })
  }

  private func officialAutoencoder() throws {
    let weights = ProceduralWeights.autoencoder()
    let part = { (latent: Int) in
      VAEConfig.Part(
        channels: 128, multipliers: [1, 2, 4, 8, 16], strides: [2, 4, 4, 6, 10], latent: latent)
    }
    let config = VAEConfig(
      sampleRate: 48000, audioChannels: 2, decoder: part(64), encoder: part(128))
    let frames = try tensors.require("vae.audio").shape[2] / config.ratio
    let latents = transpose(
      ProceduralWeights.values("proc.vae_latents", 64 * frames, scale: 1.5), rows: 64,
      columns: frames)
    let decoder = try VAEDecoder(config, weights)
    compare("vae.audio", decoder.decode(latents, pool: pool), try rows("vae.audio"), 1e-5)
    let samples = try tensors.require("vae.pre_bottleneck").shape[2] * config.ratio
    let audio = transpose(
      ProceduralWeights.values("proc.vae_audio", 2 * samples, scale: 0.5), rows: 2,
      columns: samples)
    let encoder = try VAEEncoder(config, weights)
    compare(
      "vae.pre_bottleneck", encoder.encode(audio, pool: pool), try rows("vae.pre_bottleneck"), 1e-5)
  }

  // The keys of the file.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  private struct OfficialCase: Decodable {
    let T: Int
    let incontext_length: Int?
    let t: Float?
    let layers: Int?
    let guidance: Float?
    let steps: Int?

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      T = try values.decodeIfPresent(Int.self, forKey: .T) ?? 0
      incontext_length = try values.decodeIfPresent(Int.self, forKey: .incontext_length)
      t = try values.decodeIfPresent(Float.self, forKey: .t)
      layers = try values.decodeIfPresent(Int.self, forKey: .layers)
      guidance = try values.decodeIfPresent(Float.self, forKey: .guidance)
      steps = try values.decodeIfPresent(Int.self, forKey: .steps)
    }

    private enum CodingKeys: String, CodingKey {
      case T, incontext_length, t, layers, guidance, steps
    }
  }
}
