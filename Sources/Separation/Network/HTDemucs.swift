import CKernels
public import Neural
public import Weights

/// The separation network, Hybrid Transformer Demucs: two U-nets, on the spectrogram and on the samples,
/// that meet in a transformer.
public final class HTDemucs: Sendable {
  public let shape: HTDemucsShape
  private let spectrogram: Spectrogram
  /// `encoder`, `tencoder`.
  private let encoders: [EncoderLayer]
  private let timeEncoders: [EncoderLayer]
  /// `freq_emb.embedding.weight` [rows, channels] of the first layer, times both of its scales.
  private let frequencies: [Affine]
  /// `crosstransformer`.
  private let transformer: CrossTransformer
  /// `decoder`, `tdecoder`.
  private let decoders: [DecoderLayer]
  private let timeDecoders: [DecoderLayer]

  /// `emb_scale` times `freq_emb` of the configuration, which no tensor shows.
  private static let frequencyScale: Float = 10 * 0.2

  /// - Parameters:
  ///   - source: the official names (a plain state dict of the reference's `HTDemucs`).
  ///   - settings: what no tensor shows.
  public init(
    _ source: any TensorSource, _ settings: HTDemucsShape.Settings = HTDemucsShape.Settings()
  ) throws(WeightsFailure) {
    let shape = try HTDemucsShape(source, settings)
    self.shape = shape
    spectrogram = Spectrogram(size: shape.fft, length: shape.segment)
    func layers<T>(
      _ make: (Int) throws(WeightsFailure) -> T
    ) throws(WeightsFailure) -> [T] {
      var result: [T] = []
      for index in 0..<shape.depth { result.append(try make(index)) }
      return result
    }
    encoders = try layers { (index) throws(WeightsFailure) in
      try EncoderLayer(source, .frequency, index, shape)
    }
    timeEncoders = try layers { (index) throws(WeightsFailure) in
      try EncoderLayer(source, .time, index, shape)
    }
    decoders = try layers { (index) throws(WeightsFailure) in
      try DecoderLayer(source, .frequency, index, shape)
    }
    timeDecoders = try layers { (index) throws(WeightsFailure) in
      try DecoderLayer(source, .time, index, shape)
    }
    let (rows, width) = (shape.rows(after: 1), shape.widths[0])
    let embedding = try source.tensor("freq_emb.embedding.weight", shape: [rows, width])
    frequencies = (0..<rows).map { row in
      Affine(
        channels: width, gain: { _ in 1 },
        offset: { Self.frequencyScale * embedding.base[row * width + $0] })
    }
    transformer = try CrossTransformer(source, shape)
  }

  /// What a part of the network has made, for comparisons.
  package enum Stage {
    case spectrogram(Plane)
    case encoder(Int, frequency: Plane, time: Plane)
    case transformer(Int, frequency: Tokens, time: Tokens)
    case decoder(Int, frequency: Plane, time: Plane)
  }

  /// Takes one segment apart.
  ///
  /// - Parameters:
  ///   - samples: `shape.segment` frames of interleaved stereo, at 44.1 kHz, of a level near 1.
  ///   - stems: which ones of `shape.stems`.
  /// - Returns: For each of them, as many frames of interleaved stereo.
  public func separate(
    _ samples: UnsafePointer<Float>, stems: [Int], _ pool: ThreadPool
  ) -> [FloatBuffer] {
    separate(samples, stems: stems, pool) { _ in }
  }

  /// As above; shows `observe` every stage.
  package func separate(
    _ samples: UnsafePointer<Float>, stems: [Int], _ pool: ThreadPool, observe: (Stage) -> Void
  ) -> [FloatBuffer] {
    guard !stems.isEmpty else { return [] }
    var x = spectrogram.analyse(samples, pool)
    observe(.spectrogram(x))
    var t = Plane(rows: 1, frames: shape.segment, channels: 2)
    t.row(0).update(from: samples, count: shape.segment * 2)
    let (bins, waves) = (Level(x, pool), Level(t, pool))
    bins.normalise(x, pool)
    waves.normalise(t, pool)

    var skips: [(frequency: Plane, time: Plane)] = []
    for index in 0..<shape.depth {
      t = timeEncoders[index].samples(t, pool)
      x = encoders[index].frequencies(x, pool)
      observe(.encoder(index, frequency: x, time: t))
      if index == 0 { embed(x, pool) }
      skips.append((x, t))
    }
    // The deepest planes are skipped to themselves: the transformer works on copies.
    let deepest = skips[shape.depth - 1]
    x = deepest.frequency.copy()
    t = deepest.time.copy()
    transformer.apply(frequency: x, time: t, pool) {
      observe(.transformer($0, frequency: $1, time: $2))
    }

    for index in 0..<shape.depth {
      guard let skip = skips.popLast() else { break }
      x.add(skip.frequency, pool)
      t.add(skip.time, pool)
      let isLast = index == shape.depth - 1
      let frames = isLast ? shape.segment : shape.samples(after: shape.depth - 1 - index)
      x = decoders[index].frequencies(
        x, outputs: isLast ? stems.flatMap { 4 * $0..<4 * $0 + 4 } : nil, pool)
      t = timeDecoders[index].samples(
        t, frames: frames, outputs: isLast ? stems.flatMap { 2 * $0..<2 * $0 + 2 } : nil, pool)
      observe(.decoder(index, frequency: x, time: t))
    }
    bins.restore(x, pool)
    waves.restore(t, pool)
    return stems.indices.map { mix(x, t, stem: $0, pool) }
  }

  /// Adds to each row of the first encoder layer where it lies.
  private func embed(_ x: Plane, _ pool: ThreadPool) {
    pool.run(x.rows) { row in
      frequencies[row].apply(x.row(row), count: x.frames * x.channels)
    }
  }

  /// The sum of both branches for one of the stems in `x` and `t`.
  private func mix(_ x: Plane, _ t: Plane, stem: Int, _ pool: ThreadPool) -> FloatBuffer {
    let out = spectrogram.synthesise(x, channel: 4 * stem, pool)
    let source = t.row(0)
    for frame in 0..<shape.segment {
      out.base[2 * frame] += source[frame * t.channels + 2 * stem]
      out.base[2 * frame + 1] += source[frame * t.channels + 2 * stem + 1]
    }
    withExtendedLifetime(t) {}
    return out
  }
}
