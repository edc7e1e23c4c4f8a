import Neural

/// The decode of one stem: flow, then waveform, window by window.
final class Voice {
  let stem: Stem
  private let flow: WindowedFlow
  private let waveform: (any WaveformMaker)?
  private let latent: Int
  private let overlap: Int
  private let steps: Int

  init(
    _ codec: Codec, stem: Stem, plan: WindowPlan, options: SongDecoder.Options,
    beginning: WindowedFlow.Beginning, pool: ThreadPool
  ) {
    self.stem = stem
    latent = codec.flow.shape.latent
    overlap = plan.overlap
    steps = options.settings.steps
    let source = options.noise
    // The residual needs the stem to differ from the joint decode by its codes, not by its noise.
    let order = options.split == .residual ? Stem.mixed : stem
    let count = plan.size * latent
    flow = WindowedFlow(
      codec.flow, plan: plan, settings: options.settings, beginning: beginning, pool: pool
    ) { (window: Int) throws(CodecFailure) -> [Float] in
      try source.noise(window: window, stem: order, count: count)
    }
    waveform =
      switch options.join {
      case _ where options.latentsOnly: nil
      case .stream: WaveformStream(codec.decoder, overlap: plan.overlap, pool: pool)
      case .crossfade: WindowJoiner(codec.decoder, overlap: plan.overlap, pool: pool)
      }
  }

  /// The samples, or latents, that follow.
  ///
  /// - Parameter wanted: how many are needed, for the last window.
  func next(
    _ codes: [[UInt16]], wanted: Int?, progress: (Double) -> Void
  ) throws(CodecFailure) -> [Float] {
    let steps = Double(steps)
    // The waveform takes about a tenth of the time.
    let window = try withoutActuallyEscaping(progress) { progress throws(CodecFailure) in
      try flow.next(codes) { progress(Double($0) / steps * 0.9) }
    }
    defer { progress(1) }
    if let waveform { return waveform.add(window.latents, wanted: wanted) }
    // Frames that the window shares with its predecessor came with that one.
    let fresh = window.latents.dropFirst(window.index == 0 ? 0 : overlap * latent)
    return Array(fresh.prefix(wanted.map { $0 * latent } ?? fresh.count))
  }
}
