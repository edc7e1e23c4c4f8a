import DefaultModel
import Glibc
import MusicCodec
import Neural
import Weights

/// How far the codec's fast precisions are from f32: signal-to-noise ratios of latents and samples.
enum CodecQuality {
  /// Prints a line for each precision: the flow's latents, the samples that the autoencoder makes of the
  /// same latents, and the samples of both together.
  ///
  /// - Parameter path: a model; `nil` for the embedded one and for random weights at official
  ///   dimensions.
  static func report(
    model path: String?, steps: Int, pool: ThreadPool, to report: BenchReport
  ) throws {
    if let path {
      try compare(Parts(ModelDirectory(path: path)), named: "model", steps: steps, pool, report)
      return
    }
    try compare(
      Parts(DefaultModel.directory()), named: "embedded model", steps: steps, pool, report)
    try compare(
      Parts(
        flow: { (precision) throws(WeightsFailure) in
          try FlowModel(RandomSource.officialFlow, precision: precision, pool: pool)
        },
        decoder: { (precision) throws(WeightsFailure) in
          try VAEDecoder(officialAutoencoder, RandomSource(shapes: [:]), precision: precision)
        }), named: "random weights", steps: min(steps, 3), pool, report)
  }

  /// Where the two networks come from.
  private struct Parts {
    let flow: (Precision) throws(WeightsFailure) -> FlowModel
    let decoder: (Precision) throws(WeightsFailure) -> VAEDecoder

    init(
      flow: @escaping (Precision) throws(WeightsFailure) -> FlowModel,
      decoder: @escaping (Precision) throws(WeightsFailure) -> VAEDecoder
    ) {
      self.flow = flow
      self.decoder = decoder
    }

    init(_ model: ModelDirectory) {
      self.init(
        flow: { (precision) throws(WeightsFailure) in
          try FlowModel(
            model.tensors(.codec), heads: model.manifest?.flow?.heads, precision: precision)
        },
        decoder: { (precision) throws(WeightsFailure) in
          try VAEDecoder(
            VAEConfig(model.file(.vaeConfig)), model.tensors(.vae), precision: precision)
        })
    }
  }

  private static func compare(
    _ parts: Parts, named name: String, steps: Int, _ pool: ThreadPool, _ report: BenchReport
  ) throws {
    let exact = try latents(parts.flow(.f32), steps: steps, pool)
    // The samples of the first seconds tell as much as those of all.
    let decoder = try parts.decoder(.f32)
    let some = 125 * decoder.config.decoder.latent
    let samples = decoder.decode(Array(exact.prefix(some)), pool: pool)
    for precision in Precision.allCases where precision != .f32 {
      let fast = try latents(parts.flow(precision), steps: steps, pool)
      let decoder = try parts.decoder(precision)
      let alone = decoder.decode(Array(exact.prefix(some)), pool: pool)
      let both = decoder.decode(Array(fast.prefix(some)), pool: pool)
      try report.text(
        "codec quality, \(name), \(precision.rawValue), \(steps) steps: latents "
          + "\(ratio(fast, exact)) dB, VAE \(ratio(alone, samples)) dB, samples "
          + "\(ratio(both, samples)) dB against f32")
    }
  }

  /// Latents of one window, from codes and noise that are always the same.
  private static func latents(
    _ flow: FlowModel, steps: Int, _ pool: ThreadPool
  ) throws -> [Float] {
    let plan = WindowPlan(size: min(1000, flow.shape.positions))
    let count = plan.size * flow.shape.latent
    let windowed = WindowedFlow(
      flow, plan: plan, settings: FlowSettings(steps: steps), beginning: WindowedFlow.Beginning(),
      pool: pool
    ) { _ in
      [Float](unsafeUninitializedCapacity: count) { buffer, initialised in
        Philox(seed: 1, stream: 0)
          .fillNormals(UnsafeMutableBufferPointer(rebasing: buffer[0..<count]), at: 0)
        initialised = count
      }
    }
    let codes = flow.quantisers.enumerated().map { track, quantiser in
      (0..<plan.size).map { UInt16(($0 / 3 * 7919 + 31 * track) % quantiser.size) }
    }
    return try windowed.next(codes).latents
  }

  /// Decibels from the difference of two signals up to the second.
  private static func ratio(_ signal: [Float], _ exact: [Float]) -> String {
    var (power, noise) = (0.0, 0.0)
    for (x, y) in zip(signal, exact) {
      power += Double(y) * Double(y)
      noise += (Double(x) - Double(y)) * (Double(x) - Double(y))
    }
    return figure(10 * log10(power / max(noise, .leastNonzeroMagnitude)), digits: 1)
  }
}
