import Diagnostics
public import Neural

/// One song: codes in as they come, waveforms of its stems out, window by window.
///
/// Memory is bounded by the window: of the codes only those are kept that a window can still need, of
/// the waveform only what the next window is faded into.
public final class SongDecoder {
  /// What is to be made.
  public struct Options: Sendable {
    public var stems: [Stem] = [.vocal, .accompaniment]
    public var split = StemSplit.residual
    public var settings = FlowSettings()
    /// Frames of a window.
    public var window = 1000
    /// Whether a song shorter than a window, without a prompt, gets a window of its own length. It costs
    /// as much less; the reference always takes a whole window, filled up from the song's beginning.
    public var fitsWindow = false
    public var join = WindowJoin.crossfade
    public var noise = NoiseSource.seed(0)
    /// Whether latents are given out instead of samples; stems are decoded independently then.
    public var latentsOnly = false

    public init() {}
  }

  /// Reference audio that the song continues: its codes, and the latents of its beginning.
  public struct Prompt: Sendable {
    public var vocal: [UInt16]
    public var accompaniment: [UInt16]
    /// Not normalised, [n, latent]; usually one frame fewer than codes.
    public var latents: [Float]

    public init(vocal: [UInt16], accompaniment: [UInt16], latents: [Float]) {
      self.vocal = vocal
      self.accompaniment = accompaniment
      self.latents = latents
    }
  }

  /// A code row of the song.
  public enum Row: Sendable { case vocal, accompaniment }

  private let codec: Codec
  private let options: Options
  private var plan: WindowPlan
  private var voices: [Voice]
  private let pool: ThreadPool
  private var vocal: CodeWindow
  private var accompaniment: CodeWindow
  /// Codes of the prompt, before those of the song.
  private let promptCodes: Int
  private var window = 0
  private var given = 0
  private var isOver = false

  /// Starts a song.
  ///
  /// - Throws: `usage` for a window that the model cannot take, `data` for a prompt that does not fit.
  public init(
    _ codec: Codec, options: Options, prompt: Prompt? = nil, pool: ThreadPool
  ) throws(CodecFailure) {
    self.codec = codec
    self.options = options
    let plan = WindowPlan(size: options.window)
    self.plan = plan
    self.pool = pool
    guard options.window >= 4, options.window <= codec.flow.shape.positions else {
      throw CodecFailure(
        .usage,
        "a window of \(options.window) frames: this model takes 4 to "
          + "\(codec.flow.shape.positions)")
    }
    let latent = codec.flow.shape.latent
    let known = (prompt?.latents.count ?? 0) / latent
    promptCodes = prompt?.vocal.count ?? 0
    if let prompt {
      guard prompt.vocal.count == prompt.accompaniment.count, known > 0,
        prompt.latents.count == known * latent, known <= plan.size - plan.overlap,
        (known...known + plan.overlap).contains(promptCodes)
      else {
        throw CodecFailure(
          .data,
          "a prompt of \(promptCodes) codes and \(known) latents does not fit a window of "
            + "\(plan.size) frames")
      }
    }
    vocal = CodeWindow(plan)
    accompaniment = CodeWindow(plan)
    vocal.append(prompt?.vocal ?? [])
    accompaniment.append(prompt?.accompaniment ?? [])
    // The latents of a prompt are those of both rows together, so only the joint decode continues
    // them; a stem by itself runs over the prompt's codes instead, to stay in step.
    voices = Self.voices(codec, plan, options, prompt: prompt?.latents ?? [], pool)
  }

  private static func voices(
    _ codec: Codec, _ plan: WindowPlan, _ options: Options, prompt: [Float], _ pool: ThreadPool
  ) -> [Voice] {
    stems(options).map { stem in
      Voice(
        codec, stem: stem, plan: plan, options: options,
        beginning: WindowedFlow.Beginning(
          latents: stem == .mixed ? prompt : [], dropped: prompt.count / codec.flow.shape.latent),
        pool: pool)
    }
  }

  /// What has to be decoded for the stems that are wanted.
  static func stems(_ options: Options) -> [Stem] {
    let wanted = Stem.allCases.filter(options.stems.contains)
    guard options.split == .residual, !options.latentsOnly, wanted.contains(.accompaniment) else {
      return wanted
    }
    return [.mixed, .vocal]
  }

  /// Adds codes of a row.
  ///
  /// - Throws: `data` for a code that does not exist.
  public func append(_ codes: [UInt16], to row: Row) throws(CodecFailure) {
    let size = codec.flow.quantisers[row == .vocal ? 0 : 1].size
    if let bad = codes.first(where: { $0 >= size }) {
      throw CodecFailure(
        .data,
        "token \(bad) is not a code of this model, which has \(size); the tokens must come "
          + "from the model that decodes them")
    }
    if row == .vocal { vocal.append(codes) } else { accompaniment.append(codes) }
  }

  /// Codes of the song that are there on both rows.
  public var codes: Int { max(0, min(vocal.count, accompaniment.count) - promptCodes) }

  /// Samples, or latents, per channel given out so far.
  public var produced: Int { given }

  /// Decodes the next window, if the codes for it are there.
  ///
  /// - Parameters:
  ///   - ended: whether all codes are there.
  ///   - progress: called with the share of this window that is done, 0 to 1.
  /// - Returns: one [n, channels] for each stem of the options, in their order, all of the same
  ///   length; `nil` when more codes are needed, or the song is over.
  /// - Throws: `data` when the rows end at different lengths.
  public func next(
    ended: Bool, progress: ((Double) -> Void)? = nil
  ) throws(CodecFailure) -> [[Float]]? {
    let total = min(vocal.count, accompaniment.count)
    guard !isOver, total > promptCodes, ended || plan.isFollowed(window, codes: total) else {
      return nil
    }
    guard !ended || vocal.count == accompaniment.count else {
      throw CodecFailure(
        .data,
        "the rows differ in length: \(vocal.count - promptCodes) frames of vocal, "
          + "\(accompaniment.count - promptCodes) of accompaniment")
    }
    if ended, options.fitsWindow, window == 0, promptCodes == 0, total < plan.size {
      plan = WindowPlan(size: total)
      vocal.plan = plan
      accompaniment.plan = plan
      voices = Self.voices(codec, plan, options, prompt: [], pool)
    }
    let isLast = ended && window + 1 >= plan.windows(codes: total)
    let target = isLast ? target(codes: total - promptCodes) : nil
    let vocal = vocal.codes(window: window)
    let accompaniment = accompaniment.codes(window: window)
    var parts: [Stem: [Float]] = [:]
    for (index, voice) in voices.enumerated() {
      parts[voice.stem] = try voice.next(
        codec.rows(voice.stem, vocal: vocal, accompaniment: accompaniment),
        wanted: target.map { max(0, $0 - given) }
      ) { share in
        progress?((Double(index) + share) / Double(self.voices.count))
      }
    }
    window += 1
    isOver = isLast
    let width = options.latentsOnly ? codec.flow.shape.latent : codec.decoder.config.audioChannels
    given += (parts.values.first?.count ?? 0) / width
    return combine(parts)
  }

  /// Samples, or latents, that a song of so many codes has.
  private func target(codes: Int) -> Int {
    options.latentsOnly
      ? codes : WindowPlan.samples(codes: codes, sampleRate: codec.decoder.config.sampleRate)
  }

  /// The stems of the options from what was decoded.
  private func combine(_ parts: [Stem: [Float]]) -> [[Float]] {
    guard let mixed = parts[.mixed], let vocal = parts[.vocal], parts[.accompaniment] == nil,
      options.stems.contains(.accompaniment)
    else { return options.stems.map { parts[$0] ?? [] } }
    let rest = zip(mixed, vocal).map { $0 - $1 }
    return options.stems.map { stem in
      switch stem {
      // Not the decode itself but the sum of the stems, which rounding sets off by an ulp.
      case .mixed: zip(vocal, rest).map { $0 + $1 }
      case .vocal: vocal
      case .accompaniment: rest
      }
    }
  }
}
