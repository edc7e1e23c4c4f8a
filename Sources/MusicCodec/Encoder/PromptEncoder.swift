import Diagnostics
public import Neural
public import Weights

/// Reference audio to the three rows of codes that a song is continued from.
///
/// Audio comes at ``sampleRate``, ±1.0, mono or stereo; rows come at 25 codes a second. A recording of
/// whole 40 ms gives one code more than it has frames, as the reference counts, unless the model takes
/// its features from the autoencoder.
public final class PromptEncoder: Sendable {
  /// Samples per second of what is encoded.
  public let sampleRate: Int
  /// Samples of a code.
  public let codeSamples: Int
  private let tokenizer: Tokenizer

  private enum Tokenizer: Sendable {
    /// The models of each row; vocal and accompaniment share one.
    case conformer([CodeRow: ConformerFeatures])
    case latents(LatentFeatures)
  }

  /// How audio is encoded.
  public struct Options: Sendable, Hashable {
    /// Whether oversights of the reference are repeated: a mono recording is taken for two channels,
    /// one after the other.
    public var referenceQuirks = false

    public init() {}
  }

  /// Opens what a model has for this.
  ///
  /// - Parameter rows: the rows that are wanted; only their weights are read.
  /// - Throws: `unavailable` when the model lacks a file, `data` when a file lacks the encoder.
  public convenience init(
    _ model: ModelDirectory, rows: Set<CodeRow> = Set(CodeRow.allCases)
  ) throws(WeightsFailure) {
    guard model.manifest?.encoder?.features == .vae else {
      try self.init(
        mixed: rows.contains(.mixed) ? model.tensors(.codecMixed) : nil,
        separate: rows.subtracting([.mixed]).isEmpty ? nil : model.tensors(.codec),
        rows: rows.subtracting([.mixed]))
      return
    }
    var sources: [CodeRow: any TensorSource] = [:]
    for row in rows { sources[row] = try model.tensors(row == .mixed ? .codecMixed : .codec) }
    try self.init(
      LatentFeatures(
        VAEEncoder(VAEConfig(model.file(.vaeConfig)), model.tensors(.vae)),
        vocalGain: Float(model.manifest?.encoder?.vocalGain ?? 1), sources))
  }

  /// An encoder of checkpoints that are at hand.
  ///
  /// - Parameters:
  ///   - mixed: the one-track file.
  ///   - separate: the two-track file.
  ///   - rows: what is wanted of the latter.
  public init(
    mixed: (any TensorSource)?, separate: (any TensorSource)?,
    rows: Set<CodeRow> = [.vocal, .accompaniment]
  ) throws(WeightsFailure) {
    var models: [CodeRow: ConformerFeatures] = [:]
    if let mixed { models[.mixed] = try ConformerFeatures(mixed, rows: [.mixed]) }
    if let separate {
      let rows = rows.subtracting([.mixed])
      let features = try ConformerFeatures(separate, rows: rows)
      for row in rows { models[row] = features }
    }
    sampleRate = ConformerFeatures.sampleRate
    codeSamples = ChunkPlan.codeSamples
    tokenizer = .conformer(models)
  }

  private init(_ features: LatentFeatures) {
    sampleRate = features.encoder.config.sampleRate
    codeSamples = features.encoder.config.ratio
    tokenizer = .latents(features)
  }

  /// Codes that a recording of `samples` samples has.
  public func codes(samples: Int) -> Int {
    switch tokenizer {
    case .conformer: ChunkPlan.codes(samples)
    case .latents: samples / codeSamples
    }
  }

  /// Encodes one row.
  ///
  /// A song of any length takes the memory of a chunk of 40 s.
  ///
  /// - Parameters:
  ///   - length: samples to take, when fewer than the recording has; its loudness counts as a whole.
  ///   - progress: called with the share that is done, 0 to 1.
  /// - Throws: `data` for a recording without samples, with samples that are not finite or more than
  ///   two channels; what the recording throws when it is read.
  public func encode(
    _ row: CodeRow, _ recording: Recording, length: Int? = nil, options: Options = Options(),
    pool: ThreadPool, progress: ((Double) -> Void)? = nil
  ) throws(CodecFailure) -> EncodedRow {
    let survey = try recording.survey()
    let length = min(recording.frames, max(1, length ?? recording.frames))
    switch tokenizer {
    case .conformer(let models):
      guard let model = models[row] else {
        throw CodecFailure(.unavailable, "this model was not opened for the \(row.rawValue) row")
      }
      let plan = ChunkPlan(
        recording: recording, length: length, peak: survey.peak,
        referenceQuirks: options.referenceQuirks)
      return EncodedRow(try model.codes(row, plan, pool: pool, progress: progress), survey)
    case .latents(let model):
      return EncodedRow(
        try model.codes(row, recording, length: length, pool: pool, progress: progress), survey)
    }
  }

  /// The hidden states that a row goes through, for comparison.
  ///
  /// - Parameter trace: called with the chunk, the hidden state's number and the state, [1000, width].
  package func trace(
    _ row: CodeRow, _ recording: Recording, length: Int? = nil, options: Options = Options(),
    pool: ThreadPool, trace: (Int, Int, UnsafePointer<Float>) -> Void
  ) throws(CodecFailure) -> [UInt16] {
    guard case .conformer(let models) = tokenizer, let model = models[row] else { return [] }
    let plan = ChunkPlan(
      recording: recording, length: length ?? recording.frames, peak: try recording.survey().peak,
      referenceQuirks: options.referenceQuirks)
    return try withoutActuallyEscaping(trace) { (trace) throws(CodecFailure) in
      try model.codes(row, plan, pool: pool, trace: trace)
    }
  }

  /// Encodes all three rows of a song and its stems.
  ///
  /// The stems are cut to the shorter one, and all rows to the shortest.
  ///
  /// - Parameters:
  ///   - opening: gives the encoder of a row whose weights are not open here; nobody else may hold it.
  ///   - progress: called with the share that is done, 0 to 1.
  /// - Throws: as ``encode(_:_:length:options:pool:progress:)``.
  public func encode(
    mixed: Recording, vocal: Recording, accompaniment: Recording, options: Options = Options(),
    pool: ThreadPool, opening: ((CodeRow) throws(CodecFailure) -> PromptEncoder)? = nil,
    progress: ((Double) -> Void)? = nil
  ) throws(CodecFailure) -> EncodedPrompt {
    var mixed = mixed
    if case .latents(let model) = tokenizer {
      mixed = try vocal.added(to: accompaniment, gain: model.vocalGain)
    }
    let stems = min(vocal.frames, accompaniment.frames)
    // Where the time goes: the number of blocks, and the front end, which is as much as 20 of them.
    let shares = CodeRow.allCases.map { Double(20 + $0.layer) }
    var done = 0.0
    var rows: [EncodedRow] = []
    for (index, row) in CodeRow.allCases.enumerated() {
      let share = shares[index] / shares.reduce(0, +)
      let (recording, length) =
        switch row {
        case .mixed: (mixed, mixed.frames)
        case .vocal: (vocal, stems)
        case .accompaniment: (accompaniment, stems)
        }
      rows.append(
        try (opening?(row) ?? self).encode(
          row, recording, length: length, options: options, pool: pool
        ) {
          progress?(done + share * $0)
        })
      done += share
    }
    return EncodedPrompt(rows)
  }

  /// Whether a song can be encoded without stems: ``encode(separating:pool:progress:)``.
  public var separates: Bool {
    if case .latents = tokenizer { true } else { false }
  }

  /// Encodes all three rows of a song whose stems are not known.
  ///
  /// Only for models that ``separates`` says, and only their own kind of music is parted well.
  ///
  /// - Throws: `unavailable` for other models; as ``encode(_:_:length:options:pool:progress:)``.
  public func encode(
    separating song: Recording, pool: ThreadPool, progress: ((Double) -> Void)? = nil
  ) throws(CodecFailure) -> EncodedPrompt {
    guard case .latents(let model) = tokenizer else {
      throw CodecFailure(
        .unavailable, "this model's encoder needs the vocal and the accompaniment apart")
    }
    let survey = try song.survey()
    let (rows, gain) = try model.separated(song, pool: pool, progress: progress)
    return EncodedPrompt(rows.map { EncodedRow($0, survey) }, gain: gain)
  }
}

/// The three rows of a song.
public struct EncodedPrompt: Sendable, Hashable {
  public let mixed: EncodedRow
  public let vocal: EncodedRow
  public let accompaniment: EncodedRow

  /// What the audio has to be divided by to lie at the level that the model knows; 1 unless the song was
  /// parted into stems here.
  public let gain: Float

  /// - Parameter rows: in the order of ``CodeRow``.
  fileprivate init(_ rows: [EncodedRow], gain: Float = 1) {
    self.gain = gain
    let count = rows.map(\.codes.count).min() ?? 0
    func cut(_ index: Int) -> EncodedRow {
      var row = rows[index]
      row.codes = Array(row.codes.prefix(count))
      return row
    }
    (mixed, vocal, accompaniment) = (cut(0), cut(1), cut(2))
  }
}
