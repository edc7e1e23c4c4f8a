import Diagnostics
import Lyrics
import MusicCodec
import Neural
import SongStream
import ToolSupport
import Weights

/// One codec model, and the songs that it decodes.
struct DecodeSession {
  private let directory: ModelDirectory
  private let codec: Codec
  private let plan: DecodePlan
  private let noise: [[Float]]?
  private let pool: ThreadPool

  init(
    _ directory: ModelDirectory, flags: DecodeFlags, plan: DecodePlan, pool: ThreadPool
  ) throws {
    self.directory = directory
    self.plan = plan
    self.pool = pool
    let codec = try Codec(directory, precision: plan.precision, pool: pool)
    self.codec = codec
    noise = try flags.noise.map {
      try NoiseFile.read($0, count: plan.window * codec.flow.shape.latent)
    }
  }

  /// Reads the tokens of one song as they come and writes its stems as soon as windows are whole.
  func decode(
    _ header: SongHeader, _ song: SongFilter.Song, seed: (seed: UInt64, isDrawn: Bool),
    writer: SongWriter, progress: Progress, console: Console
  ) throws {
    let inputs = try TokenInputs(header)
    try check(header, inputs: inputs, console: console)
    var options = try plan.options(header)
    try plan.admit(options)
    options.noise = noise.map { .given($0) } ?? .seed(seed.seed)
    var prompt = PromptInputs(header)
    var decoder: SongDecoder?
    let output = try self.header(header, options: options, seed: seed.seed)

    func produce(_ decoder: SongDecoder, ended: Bool) throws {
      let rate = inputs.framesPerSecond
      while let parts = try decoder.next(
        ended: ended,
        progress: { share in
          // The length of the song is not known before its tokens have ended.
          progress.update(
            song: header.id, stage: "decode",
            done: Double(decoder.codes) / rate * (ended ? share : share * 0.99),
            total: Double(decoder.codes) / rate)
        })
      {
        try StemWriter.write(parts, tracks: output.tracks, to: writer)
      }
    }

    while let block = try song.next() {
      if try prompt.take(block) {
        guard decoder == nil else {
          throw ToolFailure(.data, "prompt frames after the first frames of the song")
        }
        continue
      }
      guard let row = inputs.row(of: block.track) else { continue }
      if decoder == nil {
        decoder = try SongDecoder(codec, options: options, prompt: prompt.prompt(), pool: pool)
        try writer.begin(output)
        if seed.isDrawn { console.note("seed \(seed.seed)", song: header.id) }
      }
      guard let decoder else { continue }
      try decoder.append(block.tokens(), to: row)
      try produce(decoder, ended: false)
    }
    guard let decoder, decoder.codes > 0 else {
      throw ToolFailure(.data, "the song has no frames on its vocal and accompaniment tracks")
    }
    try produce(decoder, ended: true)
    try writer.end(stop: song.stop ?? .end)
  }

  /// Whether the tokens can be this model's.
  private func check(_ header: SongHeader, inputs: TokenInputs, console: Console) throws {
    let vae = codec.decoder.config
    guard inputs.rate.numerator * vae.ratio == inputs.rate.denominator * vae.sampleRate else {
      throw ToolFailure(
        .data,
        "tokens at \(inputs.rate.numerator)/\(inputs.rate.denominator) frames a second, "
          + "the model has \(vae.sampleRate)/\(vae.ratio)")
    }
    let identity = try directory.identity()
    guard let maker = header.models.first(where: { $0.role == "lm" }), maker.sha256 != identity
    else { return }
    // Models with other names may share a codec; one name for two models is a mistake.
    guard maker.name != directory.name else {
      throw ToolFailure(
        .unavailable,
        "its tokens come from another model '\(maker.name)' (\(maker.sha256.prefix(12)), this one "
          + "is \(identity.prefix(12))); name the one that made them with --model")
    }
    console.warning(
      "its tokens come from model '\(maker.name)', this one is '\(printable(directory.name))'",
      song: header.id)
  }

  private func header(
    _ tokens: SongHeader, options: SongDecoder.Options, seed: UInt64
  ) throws -> SongHeader {
    var header = tokens
    let vae = codec.decoder.config
    header.kind = options.latentsOnly ? .latents : .pcm
    header.seed = seed
    header.maxSkew = nil
    header.tracks = options.stems.map { stem in
      options.latentsOnly
        ? Track(
          name: stem.rawValue, type: .f32, shape: [codec.flow.shape.latent],
          rate: FrameRate(vae.sampleRate, vae.ratio))
        : Track(
          name: stem.rawValue, type: .f32, shape: [vae.audioChannels],
          rate: FrameRate(vae.sampleRate, 1))
    }
    header.models.append(
      ModelReference(role: "codec", name: directory.name, sha256: try directory.identity()))
    if directory.manifest?.toy == true { header.extra["toy"] = .bool(true) }
    header.history.append(
      HistoryEntry(
        tool: Decode.toolName, version: Version.string,
        options: [
          "stems": .string(options.stems.map(\.rawValue).joined(separator: ",")),
          "split": .string(options.split.rawValue),
          "steps": .integer(Int64(options.settings.steps)),
          "cfg": .number(Double(options.settings.guidance)),
          "window": .integer(Int64(options.window)),
          "precision": .string(plan.precision.text),
          "join": .string(options.join.rawValue),
        ]))
    return header
  }
}
