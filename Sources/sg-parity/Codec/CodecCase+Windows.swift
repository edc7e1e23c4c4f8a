import MusicCodec
import Neural
import Weights

extension CodecCase {
  /// Whole runs (`d_window_*`, `f_audio_*`, `i_prompt_*`): `noise.k` to `latents.k` to `audio`.
  func windows() throws {
    guard tensors.view("noise.0") != nil, tensors.view("latents.0") != nil else { return }
    let noise = try given("noise.")
    let latent = set.flow.shape.latent
    let plan = WindowPlan(size: noise[0].count / latent)
    var vocal = try codes("codes_vocal")
    var accompaniment = try codes("codes_bgm")
    var prompt: SongDecoder.Prompt?
    if tensors.view("prompt_codes_vocal") != nil {
      let made = SongDecoder.Prompt(
        vocal: try codes("prompt_codes_vocal"), accompaniment: try codes("prompt_codes_bgm"),
        latents: try promptLatents())
      vocal = made.vocal + vocal
      accompaniment = made.accompaniment + accompaniment
      prompt = made
    }
    let known = (prompt?.latents.count ?? 0) / latent
    let flow = WindowedFlow(
      set.flow, plan: plan, settings: FlowSettings(),
      beginning: WindowedFlow.Beginning(latents: prompt?.latents ?? [], dropped: known), pool: pool
    ) { (window: Int) throws(CodecFailure) in noise[window] }
    for window in 0..<plan.windows(codes: vocal.count) {
      let range = window * plan.hop..<window * plan.hop + plan.size
      let ours = try flow.next([
        range.map { vocal[$0 % vocal.count] }, range.map { accompaniment[$0 % vocal.count] },
      ])
      compare("latents.\(window)", ours.latents, try rows("latents.\(window)"), 2e-5)
    }
    try audio(prompt, noise: noise, plan)
  }

  /// The same run by the decoder that takes codes as they come, two at a time, to the waveform.
  private func audio(_ prompt: SongDecoder.Prompt?, noise: [[Float]], _ plan: WindowPlan) throws {
    guard tensors.view("audio") != nil, let decoder = set.decoder else { return }
    let codec = try Codec(
      flow: set.flow, decoder: decoder, silentCodes: .init(vocal: 0, accompaniment: 0))
    var options = SongDecoder.Options()
    options.stems = [.mixed]
    options.window = plan.size
    options.noise = .given(noise)
    let song = try SongDecoder(codec, options: options, prompt: prompt, pool: pool)
    let vocal = try codes("codes_vocal")
    let accompaniment = try codes("codes_bgm")
    var samples: [Float] = []
    for first in stride(from: 0, to: vocal.count, by: 2) {
      let range = first..<min(vocal.count, first + 2)
      try song.append(Array(vocal[range]), to: .vocal)
      try song.append(Array(accompaniment[range]), to: .accompaniment)
      while let part = try song.next(ended: range.upperBound == vocal.count) { samples += part[0] }
    }
    compare("audio", samples, try rows("audio"), 3e-6)
    try crossFade(decoder, plan)
  }

  /// `window_audio.k`: each window's waveform by itself.
  private func crossFade(_ decoder: VAEDecoder, _ plan: WindowPlan) throws {
    var window = 0
    while tensors.view("window_audio.\(window)") != nil {
      let ours = decoder.decode(try rows("latents.\(window)"), pool: pool)
      compare("window_audio.\(window)", ours, try rows("window_audio.\(window)"), 3e-6)
      window += 1
    }
  }

  /// The sum of both prompts through the autoencoder, at its own level.
  private func promptLatents() throws -> [Float] {
    guard let encoder = set.encoder else { return [] }
    let vocal = try rows("prompt_vocal")
    let accompaniment = try rows("prompt_bgm")
    let statistics = encoder.encode(
      zip(vocal, accompaniment).map { $0 + $1 }, pool: pool)
    return encoder.sample(statistics, noise: try rows("vae_noise"))
  }

  private func given(_ prefix: String) throws -> [[Float]] {
    var result: [[Float]] = []
    while tensors.view("\(prefix)\(result.count)") != nil {
      result.append(try flat("\(prefix)\(result.count)"))
    }
    return result
  }

  /// Generate types (`j_gen_type`): `tokens` to `TYPE.codes_*` to `TYPE.latents`.
  func generationTypes() throws {
    guard tensors.view("tokens") != nil, tensors.view("mixed.latents") != nil,
      let decoder = set.decoder
    else { return }
    // The silent codes of the reference, where the set uses them.
    let codec = try Codec(flow: set.flow, decoder: decoder, silentCodes: .official)
    let tokens = try codes("tokens")
    let count = tokens.count / 3
    let noise = try flat("noise")
    let plan = WindowPlan(size: noise.count / set.flow.shape.latent)
    for (type, stem) in [("mixed", Stem.mixed), ("vocal", .vocal), ("bgm", .accompaniment)] {
      let rows = codec.rows(
        stem, vocal: Array(tokens[count..<2 * count]),
        accompaniment: Array(tokens[2 * count..<3 * count]))
      compare("\(type).codes_vocal", codes: rows[0], try codes("\(type).codes_vocal"))
      compare("\(type).codes_bgm", codes: rows[1], try codes("\(type).codes_bgm"))
      let flow = WindowedFlow(
        set.flow, plan: plan, settings: FlowSettings(), beginning: WindowedFlow.Beginning(),
        pool: pool
      ) { (_: Int) throws(CodecFailure) in noise }
      let window = try flow.next(rows.map { row in (0..<plan.size).map { row[$0 % count] } })
      compare("\(type).latents", window.latents, try self.rows("\(type).latents"), 2e-5)
    }
  }
}
